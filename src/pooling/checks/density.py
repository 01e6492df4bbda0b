"""Joint log densities in closed form, term by term: what a right model must agree with.

A density is a sum of terms, one for each prior and one for the likelihood. Parameters come as a
mapping from names to arrays of shape (m,) or (m, J), for m points at once.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

Array = NDArray[np.float64]
Theta = Mapping[str, Array]


@dataclass(frozen=True)
class Rows:
    """The data a model was built on; for a prior, only the number of groups counts."""

    groups: NDArray[np.int64]
    x: Array
    y: Array

    @property
    def n_groups(self) -> int:
        return int(self.groups.max()) + 1

    @property
    def smallest(self) -> int:
        """The group with the fewest rows, of those that have any."""
        sizes = np.bincount(self.groups)
        return int(np.where(sizes > 0, sizes, self.groups.size + 1).argmin())


Term = Callable[[Theta, Rows], Array]


@dataclass(frozen=True)
class Density:
    """A joint log density.

    Attributes
    ----------
    parameters : dict
        Name of each parameter, and whether there is one for each group.
    terms : dict
        Log density of each term by name; the sum is the joint log density.
    """

    parameters: dict[str, bool]
    terms: dict[str, Term]

    def each(self, theta: Theta, rows: Rows) -> dict[str, Array]:
        """Log density of each term, shape (m,)."""
        with np.errstate(all="ignore"):
            return {name: term(theta, rows) for name, term in self.terms.items()}

    def size(self, n_groups: int) -> int:
        """Number of scalar parameters."""
        return sum(n_groups if each else 1 for each in self.parameters.values())


# --- one-dimensional log densities --------------------------------------------------------------


def normal(value: Array, mean: Array | float, sd: Array | float) -> Array:
    return -0.5 * ((value - mean) / sd) ** 2 - np.log(sd) - 0.5 * np.log(2 * np.pi)


def exponential(value: Array, rate: float) -> Array:
    return np.log(rate) - rate * value


def half_normal(value: Array, sd: float) -> Array:
    return normal(value, 0.0, sd) + np.log(2.0)


def half_cauchy(value: Array, scale: float) -> Array:
    return np.log(2 / (np.pi * scale)) - np.log1p((value / scale) ** 2)


def gamma(value: Array, shape: float, rate: float) -> Array:
    return shape * np.log(rate) - gammaln(shape) + (shape - 1) * np.log(value) - rate * value


def student_t(value: Array, nu: Array | float, mean: Array, scale: Array) -> Array:
    z = (value - mean) / scale
    constant = gammaln((nu + 1) / 2) - gammaln(nu / 2) - 0.5 * np.log(nu * np.pi)
    return constant - np.log(scale) - 0.5 * (nu + 1) * np.log1p(z**2 / nu)


# --- terms --------------------------------------------------------------------------------------


def scalar(name: str, log_density: Callable[[Array], Array]) -> Term:
    """A prior of one number."""
    return lambda theta, rows: log_density(theta[name])


def slopes(log_density: Callable[[Array, Theta], Array]) -> Term:
    """Slopes that are independent given everything else."""
    return lambda theta, rows: log_density(theta["slope"], theta).sum(axis=-1)


def around(mean: Callable[[Theta], Array | float], sd: Callable[[Theta], Array | float]) -> Term:
    """Normal slopes with a mean and an sd that depend on the other parameters."""
    return slopes(lambda slope, theta: normal(slope, mean(theta), sd(theta)))


def column(theta: Theta, name: str) -> Array:
    """A scalar parameter beside the slopes, shape (m, 1)."""
    return theta[name][:, None]


def line(rows: Rows, theta: Theta) -> tuple[Array, Array]:
    """Mean and sd of every row, shapes (m, n) and (m, 1)."""
    return theta["slope"][:, rows.groups] * rows.x, column(theta, "noise")


def gaussian(theta: Theta, rows: Rows) -> Array:
    """The likelihood of the course."""
    mean, sd = line(rows, theta)
    return normal(rows.y, mean, sd).sum(axis=1)


def student(nu: float | None, scale: Callable[[Array], Array] = lambda s: s) -> Term:
    """A Student-t likelihood; without `nu`, theta holds it."""

    def term(theta: Theta, rows: Rows) -> Array:
        mean, sd = line(rows, theta)
        degrees = column(theta, "nu") if nu is None else nu
        return student_t(rows.y, degrees, mean, scale(sd)).sum(axis=1)

    return term


# --- the densities of the exercises -------------------------------------------------------------

FIXED_SD = 20.0
RATES = {"sigma_slope": 13.0, "noise": 10.0}
NU = 4.0

_NOISE = scalar("noise", lambda s: exponential(s, RATES["noise"]))
_HYPER: dict[str, Term] = {
    "mu_slope": scalar("mu_slope", lambda v: normal(v, 0.0, 1.0)),
    "sigma_slope": scalar("sigma_slope", lambda s: exponential(s, RATES["sigma_slope"])),
    "slope": around(lambda t: column(t, "mu_slope"), lambda t: column(t, "sigma_slope")),
}
_HYPER_PARAMETERS = {"mu_slope": False, "sigma_slope": False, "slope": True}

UNPOOLED = Density(
    parameters={"slope": True, "noise": False},
    terms={"slope": around(lambda t: 0.0, lambda t: FIXED_SD), "noise": _NOISE, "obs": gaussian},
)
SLOPE_PRIOR = Density(parameters=_HYPER_PARAMETERS, terms=_HYPER)
HIERARCHICAL = Density(
    parameters={**_HYPER_PARAMETERS, "noise": False},
    terms={**_HYPER, "noise": _NOISE, "obs": gaussian},
)
ROBUST = Density(
    parameters={**_HYPER_PARAMETERS, "noise": False},
    terms={**_HYPER, "noise": _NOISE, "obs": student(NU)},
)
# Its degrees of freedom may also be learned.
ROBUST_LEARNED = Density(
    parameters={**_HYPER_PARAMETERS, "noise": False, "nu": False},
    terms={
        **_HYPER,
        "noise": _NOISE,
        "nu": scalar("nu", lambda v: gamma(v, 2.0, 0.1)),
        "obs": student(None),
    },
)
