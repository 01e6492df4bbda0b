"""The course's data: eight groups, one slope each, and one bad group.

Two data sets ship with the package as small CSV files, and `simulate_groups` is what made them.
They were chosen by the exact posterior, not by eye; the tests state what they were chosen for.
"""

from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files

import numpy as np
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True)
class Groups:
    """Rows of a grouped data set.

    Attributes
    ----------
    groups : array of int, shape (n,)
        Group of each row, 0 to ``n_groups - 1``.
    x, y : array of float, shape (n,)
        Predictor and outcome, without units.
    outlier : array of bool, shape (n,)
        Rows whose outcome the simulation raised.
    """

    groups: NDArray[np.int64]
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    outlier: NDArray[np.bool_]

    @cached_property
    def n_groups(self) -> int:
        """Number of groups."""
        return int(self.groups.max()) + 1

    @cached_property
    def sizes(self) -> NDArray[np.int64]:
        """Number of rows in each group, shape (n_groups,)."""
        return np.bincount(self.groups, minlength=self.n_groups)

    def in_group(self, group: int) -> NDArray[np.bool_]:
        """Mask of the rows of one group, shape (n,)."""
        if not 0 <= group < self.n_groups:
            raise ValueError(f"expected a group from 0 to {self.n_groups - 1}, got {group!r}")
        return self.groups == group


def as_rows(
    groups: ArrayLike, x: ArrayLike, y: ArrayLike
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """Check that three arrays are rows of one grouped data set.

    Parameters
    ----------
    groups : array, shape (n,)
        Whole numbers from 0, of any dtype.
    x, y : array, shape (n,)

    Returns
    -------
    groups, x, y : arrays, shape (n,)
        As int64, float64 and float64.

    Raises
    ------
    ValueError
        If the shapes differ, a value is NaN or infinite, or a group is negative or not whole.
    """
    g, x_, y_ = np.asarray(groups), np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if g.ndim != 1 or not g.shape == x_.shape == y_.shape or g.size == 0:
        raise ValueError(
            "groups, x and y must be one-dimensional arrays of one length, with a row at least; "
            f"got shapes {g.shape}, {x_.shape} and {y_.shape}"
        )
    for name, values in (("groups", g), ("x", x_), ("y", y_)):
        bad = np.flatnonzero(~np.isfinite(np.asarray(values, dtype=float)))
        if bad.size:
            raise ValueError(f"{name} must be finite; row {bad[0]} is {values[bad[0]]}")
    if (g != np.floor(g)).any() or g.min() < 0:
        raise ValueError(f"groups must be whole numbers from 0; got {g.min()} to {g.max()}")
    return g.astype(np.int64), x_, y_


def simulate_groups(
    seed: int,
    *,
    sizes: tuple[int, ...] = (40, 35, 30, 30, 25, 20, 15, 4),
    mu_slope: float = 2.0,
    sigma_slope: float = 0.1,
    noise: float = 0.5,
    outlier_group: int = 7,
    n_outliers: int = 2,
    x_range: tuple[float, float] = (0.0, 2.0),
    outlier_x_range: tuple[float, float] = (0.1, 0.4),
    raised_by: tuple[float, float] = (6.0, 10.0),
    decimals: int | None = None,
) -> Groups:
    """Simulate groups with one slope each, and raise some outcomes of one group.

    Slopes are ``Normal(mu_slope, sigma_slope)``; rows are ``y = slope[group] * x + noise``.

    Parameters
    ----------
    seed : int
        Seed of the generator.
    sizes : tuple of int
        Rows of each group.
    mu_slope, sigma_slope, noise : float
        Mean and sd of the true slopes, sd of the noise.
    outlier_group : int
        The group that gets outliers.
    n_outliers : int
        How many of its rows are raised; they are its first ones.
    x_range, outlier_x_range : (low, high)
        Ranges of the uniformly drawn x, in the other groups and in the outlier group.
    raised_by : (low, high)
        How far the outliers are raised, in units of the noise sd (uniform).
    decimals : int, optional
        Round x and y to so many decimals, as in the shipped files.

    Returns
    -------
    Groups
        Rows in the order of their groups.

    Raises
    ------
    ValueError
        If the outlier group does not exist or has fewer rows than outliers.
    """
    sizes_ = np.asarray(sizes)
    if not 0 <= outlier_group < sizes_.size or not 0 <= n_outliers <= sizes_[outlier_group]:
        raise ValueError(
            f"expected an outlier group from 0 to {sizes_.size - 1} with at least {n_outliers} "
            f"rows; got group {outlier_group} of sizes {tuple(sizes)}"
        )
    rng = np.random.default_rng(seed)
    slopes = rng.normal(mu_slope, sigma_slope, sizes_.size)
    groups = np.repeat(np.arange(sizes_.size), sizes_)
    bad = groups == outlier_group
    unit = rng.uniform(size=groups.size)
    low = np.where(bad, outlier_x_range[0], x_range[0])
    high = np.where(bad, outlier_x_range[1], x_range[1])
    x = low + (high - low) * unit
    outlier = np.zeros(groups.size, dtype=bool)
    outlier[np.flatnonzero(bad)[:n_outliers]] = True
    y = slopes[groups] * x + rng.normal(0.0, noise, groups.size)
    y[outlier] += noise * rng.uniform(*raised_by, n_outliers)
    if decimals is not None:
        x, y = x.round(decimals), y.round(decimals)
    return Groups(groups, x, y, outlier)


# How the shipped files were made: keyword arguments of `simulate_groups`. The seeds were searched
# for by the exact posterior; tests/test_data.py states what each set must show.
RECIPES: dict[str, dict] = {
    "course": {
        "seed": 598,
        "decimals": 2,
        "noise": 0.4,
        "x_range": (0.0, 2.5),
        "raised_by": (6.0, 9.0),
    },
    "stubborn": {"seed": 251, "decimals": 2, "noise": 0.28},
}


def load_groups(name: str = "course") -> Groups:
    """Load a data set of the course.

    Parameters
    ----------
    name : {"course", "stubborn"}
        "course" is the data set of the story. In "stubborn" the noise is smaller, sigma_slope's
        posterior has two modes, and the outlier group does not shrink all the way.

    Returns
    -------
    Groups

    Raises
    ------
    ValueError
        If there is no data set of this name.
    """
    if name not in RECIPES:
        raise ValueError(f"expected one of {', '.join(map(repr, RECIPES))}, got {name!r}")
    with (files("pooling") / "datasets" / f"{name}.csv").open(encoding="utf-8") as file:
        rows = np.loadtxt(file, delimiter=",", skiprows=1)
    return Groups(rows[:, 0].astype(np.int64), rows[:, 1], rows[:, 2], rows[:, 3].astype(bool))
