"""What a log density written out by hand has too much or too little of.

The log density of a normal distribution is a square, a logarithm and a constant; that of an
exponential one is a straight line. Whoever writes them out forgets the half before the square, or
the logarithm, or a derivative. What is left then is a multiple of that part, at all points.
"""

from collections.abc import Iterable, Mapping
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from pooling.checks.density import FIXED_SD, RATES, UNPOOLED, Density, Rows, column, gaussian, line
from pooling.checks.diagnosis.agreement import ROUNDING, constant
from pooling.checks.diagnosis.finding import Finding

Array = NDArray[np.float64]

# A part as it is written, its values at the points, and how many of it the right density has.
Part = tuple[str, Array, float]

# Smaller multiples are rounding.
_LEAST = 1e-3


def parts_of(
    density: Density, names: Iterable[str], theta: Mapping[str, Array], rows: Rows
) -> list[Part]:
    """Parts of a density's terms of these names."""
    found: list[Part] = []
    for name in names:
        if name in RATES:
            found.append((name, theta[name], -RATES[name]))
            found.append((f"log({name})", np.log(theta[name]), 0.0))
        elif name == "mu_slope":
            found.append(("mu_slope**2", theta[name] ** 2, -0.5))
        elif name == "slope" and density is UNPOOLED:
            squares = (theta["slope"] / FIXED_SD) ** 2
            found.append((f"sum((slope / {FIXED_SD:g})**2)", squares.sum(axis=1), -0.5))
        elif name == "slope":
            squares = (theta["slope"] - column(theta, "mu_slope")) / column(theta, "sigma_slope")
            written = "sum(((slope - mu_slope) / sigma_slope)**2)"
            found.append((written, (squares**2).sum(axis=1), -0.5))
            found.append(("log(sigma_slope)", np.log(theta["sigma_slope"]), -rows.n_groups))
        elif name == "obs" and density.terms["obs"] is gaussian:
            mean, noise = line(rows, theta)
            squares = ((rows.y - mean) / noise) ** 2
            found.append(("sum(((y - slope[groups] * x) / noise)**2)", squares.sum(axis=1), -0.5))
            found.append(("log(noise)", np.log(theta["noise"]), -rows.y.size))
    return _merged(found)


def _merged(parts: list[Part]) -> list[Part]:
    """A logarithm may come from the prior and from what that is the prior of."""
    asked: dict[str, float] = {}
    for written, _, times in parts:
        asked[written] = asked.get(written, 0.0) + times
    values = {written: v for written, v, _ in parts}
    return [(written, values[written], times) for written, times in asked.items()]


def other_parts(unlike: Array, sizes: Array, parts: list[Part]) -> Finding | None:
    """One or two parts of which multiples make up a difference from the density asked.

    Parameters
    ----------
    unlike : Array
        The difference at the points, shape (m,), up to a constant.
    sizes : Array
        What its rounding is in proportion to, shape (m,).
    parts : list of Part
        Of the terms that may be wrong.

    Returns
    -------
    Finding or None
    """
    for count in (1, 2):
        for chosen in combinations(parts, count):
            columns = np.stack([v - v.mean() for _, v, _ in chosen], axis=1)
            with np.errstate(all="ignore"):
                if not np.isfinite(columns).all() or not np.isfinite(unlike).all():
                    continue
                more = np.linalg.lstsq(columns, unlike - unlike.mean(), rcond=None)[0]
                told = np.abs(more).min() > _LEAST
                added = sum(np.abs(c * v) for c, (_, v, _) in zip(more, chosen, strict=True))
            rest = unlike - columns @ more
            if told and constant(rest, sizes + added, ROUNDING):
                asked = np.array([times for _, _, times in chosen])
                values = {"asked": _written(chosen, asked), "found": _written(chosen, asked + more)}
                return Finding("density-part", values)
    return None


def _written(parts: Iterable[Part], times: Iterable[float]) -> str:
    numbers = [round(t, 3) + 0.0 for t in times]
    return " and ".join(f"{t:g} * {w}" for t, (w, _, _) in zip(numbers, parts, strict=True))
