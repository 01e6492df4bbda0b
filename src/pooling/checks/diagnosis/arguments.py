"""What a model shows of its random variables: what their distributions were given."""

import numpy as np
from numpy.typing import NDArray

from pooling.checks.density import Rows
from pooling.checks.diagnosis.messages import told_apart
from pooling.checks.records import ModelEvidence

Array = NDArray[np.float64]

# Two values of a student's and of ours are the same number.
SAME = 1e-6


def arguments_of(evidence: ModelEvidence, name: str) -> list[Array]:
    """Arguments of a distribution at the points, in PyMC's own order."""
    found = []
    while f"{name}.{len(found)}" in evidence.arguments:
        found.append(evidence.arguments[f"{name}.{len(found)}"])
    return found


def constant_of(values: Array) -> float | None:
    """The one number that all of these are; None if they differ."""
    values = np.asarray(values, dtype=float).ravel()
    if not values.size or not np.isfinite(values).all() or np.ptp(values) > 1e-12:
        return None
    return float(values[0])


def equal(a: Array, b: Array) -> bool:
    """Equal at all points; one value a point against one a group is fine."""
    a, b = (v[:, None] if v.ndim == 1 else v.reshape(len(v), -1) for v in (a, b))
    return bool(np.allclose(a, b, rtol=SAME, atol=0.0))


def told_both(name: str, value: float, other_name: str, other: float) -> dict[str, str]:
    """Two numbers for a message, with as many digits as tell them apart."""
    return {name: told_apart(value, other), other_name: told_apart(other, value)}


def noises(evidence: ModelEvidence, rows: Rows) -> int:
    """How many different sds the rows have, at most one for each group."""
    for name in evidence.observed:
        given = arguments_of(evidence, name)
        if len(given) >= 2 and given[-1].shape[1:] == (rows.y.size,):
            found = len(np.unique(given[-1][0]))
            # More of them than groups are something else: one for each row, say.
            return found if found <= rows.n_groups else 1
    return 1


def shift_of(evidence: ModelEvidence, rows: Rows) -> Array | None:
    """How far each row's mean is from slope * x, shape (m, n), if the model shows means."""
    for name in evidence.observed:
        given = arguments_of(evidence, name)
        mean = given[-2] if len(given) >= 2 else np.empty(0)
        slope = evidence.theta.get("slope", np.empty(0))
        if mean.shape[1:] == (rows.y.size,) and slope.size:
            slope = slope.reshape(len(slope), -1)
            if slope.shape[1] == rows.n_groups:
                return mean - slope[:, rows.groups] * rows.x
    return None


def same_in_groups(shift: Array, rows: Rows) -> bool:
    """Does each group have one shift, the same for all its rows?"""
    return all(
        np.ptp(shift[:, rows.groups == g], axis=1).max() < SAME for g in np.unique(rows.groups)
    )
