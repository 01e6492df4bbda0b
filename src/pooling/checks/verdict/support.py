"""Can a model's parameters go wherever they are asked to be free to go?

Inside of a truncated prior the density is the one asked, up to a constant, and so it is for slopes
that are folded or put in order: only far from the model's start does the difference show.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from pooling.checks.density import FIXED_SD, RATES, Density
from pooling.checks.diagnosis import Finding
from pooling.checks.records import ModelEvidence

Array = NDArray[np.float64]

# How many of a prior's sds, or means, a parameter must get away from its middle. A cut that is
# farther out changes no answer.
_SDS = 4.5
_MEANS = 12.0
_NEXT_TO_NOTHING = 1e-3  # of a mean
_NU = 0.1, 150.0  # 5e-5 of Gamma(2, 0.1) lies below and 5e-6 above
# Positive numbers are made in many ways, and not all come near zero so far out (an absolute value
# does not). A floor shows in that this share of the points lies on it, within so much of it.
_ON_FLOOR, _BESIDE = 0.05, 1e-3
# Of the points. Where a model refuses many, small scales say, the others show too little of it.
_MOST = 0.9


def unreached(evidence: ModelEvidence, density: Density) -> Finding | None:
    """Find a parameter that cannot go where its prior has mass; None if all can, or none was tried.

    Parameters
    ----------
    evidence : ModelEvidence
    density : Density
        The one asked, with which the model agrees near its start.

    Returns
    -------
    Finding or None
    """
    if not evidence.reach:
        return None
    found = {k: v.reshape(len(v), -1) for k, v in evidence.reach.items()}
    usable = ~np.isnan(np.concatenate([*found.values()], axis=1)).any(axis=1)
    if usable.mean() < _MOST:
        return None
    found = {k: v[usable] for k, v in found.items()}
    with np.errstate(all="ignore"):
        steps = np.diff(found["slope"], axis=1)
    if ((steps >= 0).all(axis=0) | (steps <= 0).all(axis=0)).any():
        return Finding("support-order")
    for name, values, low, high in _asked(found, density):
        values = values[~np.isnan(values).any(axis=1)]
        least, most = values.min(axis=0).max(), values.max(axis=0).min()
        if least > low and (low < 0 or _on_floor(values)):
            return Finding("support", {"name": name, "side": "below", "edge": _short(least)})
        if most < high:
            return Finding("support", {"name": name, "side": "above", "edge": _short(most)})
    return None


def _on_floor(values: Array) -> bool:
    floor = values.min()
    return bool((values < floor * (1 + _BESIDE)).mean() >= _ON_FLOOR)


def _asked(found: Mapping[str, Array], density: Density) -> list[tuple[str, Array, float, float]]:
    """What must go below and above which values, each shape (f, k)."""
    asked = [
        (f"`{name}`", found[name], _NEXT_TO_NOTHING / rate, _MEANS / rate)
        for name, rate in RATES.items()
        if name in density.parameters
    ]
    if "nu" in density.parameters:  # an extra variable of any name may stand for it
        name = "nu" if "nu" in found else next(n for n in found if n not in density.parameters)
        asked.append((f"`{name}`", found[name], *_NU))
    if "mu_slope" not in density.parameters:
        return [*asked, ("`slope`", found["slope"], -_SDS * FIXED_SD, _SDS * FIXED_SD)]
    away = found["slope"] - found["mu_slope"]
    with np.errstate(all="ignore"):
        offsets = away / found["sigma_slope"]
    return [
        *asked,
        ("`mu_slope`", found["mu_slope"], -_SDS, _SDS),
        # Their prior is hardly wider than that of mu_slope.
        ("`slope`", found["slope"], -_SDS, _SDS),
        ("`slope - mu_slope`, in units of `sigma_slope`,", offsets, -_SDS, _SDS),
    ]


def _short(value: float) -> str:
    """A number in few digits; next to nothing is nothing."""
    return f"{0.0 if abs(value) < 1e-6 else value:.3g}"
