"""Are two log densities the same, up to a constant and rounding?"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from pooling.checks.records import ModelEvidence

Array = NDArray[np.float64]

# Of a single term's log density, relative to its size: PyMC rounds 1 / 13 to single precision.
ROUNDING = 1e-7
# The share of a likelihood's size, which is large, that counts as rounding beside the priors'.
HIDDEN = 1e-3


def without_refusals(evidence: ModelEvidence) -> ModelEvidence:
    """Leave out the points at which the model refused its own arguments."""
    usable = np.ones(len(evidence.points), dtype=bool)
    for values in (*evidence.theta.values(), *evidence.factors.values()):
        usable &= ~np.isnan(values.reshape(len(usable), -1)).any(axis=1)
    if usable.all():
        return evidence
    kept = {
        name: {k: v[usable] for k, v in getattr(evidence, name).items()}
        for name in ("theta", "extras", "factors", "arguments")
    }
    density = evidence.log_density
    return replace(evidence, **kept, log_density=density[usable] if density.size else density)


def departure(values: Array, sizes: Array) -> float:
    """How far these are from being the same at all points, in units of their sizes.

    A constant changes no posterior. Rounding is in proportion to the terms that were added up, so
    each point has a size of its own, and the one with the least rounding is what the others are
    compared with.
    """
    if not np.isfinite(values).all():
        return float("inf")
    base = int(sizes.argmin())
    gaps, total = np.abs(values - values[base]), sizes + sizes[base]
    # Terms that are zero throughout have no rounding: equal ones are equal all the same.
    return float(np.divide(gaps, total, out=np.where(gaps, np.inf, 0.0), where=total > 0).max())


def constant(values: Array, sizes: Array, agreement: float) -> bool:
    """Are these the same at all points, up to rounding?"""
    return departure(values, sizes) <= agreement
