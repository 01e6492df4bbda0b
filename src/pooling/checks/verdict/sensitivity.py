"""Judge how the outlier group's slope answers to the prior of sigma_slope."""

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from pooling import exact
from pooling.checks.density import Rows
from pooling.checks.records import ValueEvidence
from pooling.checks.verdict.base import Verdict, partly, right, wrong

Array = NDArray[np.float64]

# In posterior sds. A run of 4 x 1000 leaves a mean within 0.2 of the exact one. Where the posterior
# has two modes, chains visit them in shares of their own: 4 x 2000 with target_accept=0.99 were off
# by up to 0.6, shorter ones by up to 0.95.
_NEAR = 0.4
_NEAR_TWO_MODES = 0.8
# A chain that is stuck in one place carried an honest run off by 1.6.
_FAR = 4.0
# The means of all rates this close together have not moved.
_UNMOVED = 0.5


def judge_sensitivity(
    evidence: ValueEvidence, rates: Sequence[float], rows: Rows, group: int, name: str
) -> Verdict:
    """Judge the posterior means of one slope, by the rate of sigma_slope's Exponential prior.

    Parameters
    ----------
    evidence : ValueEvidence
        Of a mapping from rate to mean.
    rates : sequence of float
        The rates that were asked for.
    rows : Rows
        The course's data.
    group : int
        The slope's group.
    name : str
        Of the answer.

    Returns
    -------
    Verdict
    """
    order = np.argsort(evidence.keys)
    if evidence.keys.size != len(rates) or not np.allclose(evidence.keys[order], sorted(rates)):
        asked = ", ".join(f"{r:g}" for r in rates)
        return wrong("sensitivity-keys", name=name, asked=asked, found=evidence.text)
    if evidence.values.shape != evidence.keys.shape:
        return wrong("sensitivity-keys", name=name, asked="numbers", found=evidence.text)
    values = evidence.values[order]
    data = tuple(rows.groups), tuple(rows.x), tuple(rows.y), group
    means, sds, modes, sigmas = (
        np.array(v) for v in zip(*(_slope(*data, r) for r in sorted(rates)), strict=True)
    )
    errors = np.abs(values - means) / sds
    near = np.where(modes > 1, _NEAR_TWO_MODES, _NEAR)
    if (np.diff(np.sort(values)) == 0.0).any():
        return wrong("sensitivity-same", value=f"{values[np.argsort(values)][0]:.3g}")
    if (errors <= near).all():
        return right(
            "From rate to rate the prior moves the slope: exactly "
            + ", ".join(f"{m:.2f} at {r:g}" for r, m in zip(sorted(rates), means, strict=True))
            + "."
        )
    if np.ptp(values) < _UNMOVED:
        return wrong("sensitivity-unmoved", value=f"{values.mean():.3g}")
    for code, alternative, spread in (
        ("sensitivity-scale", np.array([_slope(*data, 1 / r)[0] for r in sorted(rates)]), sds),
        ("sensitivity-reversed", means[::-1], sds[::-1]),
        ("sensitivity-sigma", sigmas, sigmas),
    ):
        if (np.abs(values - alternative) <= _NEAR * spread).all():
            return wrong(code)
    worst = int(errors.argmax())
    found = {
        "rate": f"{sorted(rates)[worst]:g}",
        "value": f"{values[worst]:.3g}",
        "exact": f"{means[worst]:.3g}",
    }
    if (errors <= _FAR).all():
        return partly("sensitivity-rerun", **found)
    return wrong("sensitivity-other", **found)


@cache
def _slope(
    groups: tuple[int, ...], x: tuple[float, ...], y: tuple[float, ...], group: int, rate: float
) -> tuple[float, float, int, float]:
    """Exact mean, sd and number of modes of one slope, and the mean of sigma_slope."""
    posterior = exact.hierarchical(groups, x, y, sigma_slope=exact.exponential(rate))
    slope = posterior["slope"]
    mean, sd = float(slope.mean[group]), float(slope.sd[group])
    line = np.linspace(mean - 4 * sd, mean + 4 * sd, 201)
    values = np.repeat(line[:, None], slope.mean.size, axis=1)
    density = slope.pdf(values)[:, group]
    rising = np.diff(density) > 0
    modes = int((rising[:-1] & ~rising[1:]).sum())
    return mean, sd, modes, float(posterior["sigma_slope"].mean)
