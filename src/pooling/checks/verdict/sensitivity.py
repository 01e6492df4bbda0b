"""Judge how the outlier group's slope answers to the prior of sigma_slope."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pooling import exact
from pooling.checks.density import RATES, Rows
from pooling.checks.records import ValueEvidence
from pooling.checks.verdict.base import Verdict, partly, rerun, right, wrong
from pooling.data import load_groups

Array = NDArray[np.float64]
_Family = Callable[[float], exact.ScalePrior]

# In posterior sds. A run of 4 x 1000 leaves a mean within 0.2 of the exact one. Where the posterior
# has two modes, chains visit them in shares of their own: 4 x 2000 with target_accept=0.99 were off
# by up to 0.6, shorter ones by up to 0.95.
_NEAR = 0.4
_NEAR_TWO_MODES = 0.8
# Of a median, where there is one mode: a mean is a fifth of an sd away there.
_MEDIAN = 0.03
# Of a mean that was computed, and not sampled, under another prior.
_TIGHT = 0.03
# A chain that is stuck in one place carried an honest run off by 1.6.
_FAR = 4.0
# Of a mean that is taken for the answer to another question, where there are many.
_ABOUT = 0.1
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
    order, rates = np.argsort(evidence.keys), sorted(rates)
    keyed = evidence.keys.size == len(rates) and np.allclose(evidence.keys[order], rates)
    if not keyed or evidence.values.shape != evidence.keys.shape:
        asked = ", ".join(f"{r:g}" for r in rates)
        return wrong("sensitivity-keys", name=name, asked=asked, found=evidence.text)
    values = evidence.values[order]
    asked = [_summary(rows, group, exact.exponential, r) for r in rates]
    means, sds = np.array([s.mean for s in asked]), np.array([s.sd for s in asked])
    # One digit after the point is a rounding, none is an answer to a rougher question.
    whole = np.array_equal(values, np.round(values))
    rounding = 0.05 if np.array_equal(values, np.round(values, 1)) and not whole else 0.0
    errors = np.maximum(np.abs(values - means) - rounding, 0.0) / sds
    near = np.array([_NEAR_TWO_MODES if s.modes > 1 else _NEAR for s in asked])
    rounded = np.array_equal(values, np.round(values, 2)) and not whole
    if not rounded and (np.diff(np.sort(values)) == 0.0).any():
        return wrong("sensitivity-same", value=f"{values[np.argsort(values)][0]:.3g}")
    if (at := _interpolated(rates, values)) is not None:
        return wrong("sensitivity-interpolated", rate=f"{at:g}")
    with_noise = [_summary(rows, group, exact.exponential, r, noise=True).mean for r in rates]
    if (np.abs(values - with_noise) <= np.minimum(0.1 * np.abs(means - with_noise), sds)).all():
        return wrong("sensitivity-noise")
    if (errors <= near).all():
        if evidence.textual:
            return partly("sensitivity-textual", name=name)
        if _are_medians(values, asked):
            return partly("sensitivity-median", name=name)
        return right(
            "From rate to rate the prior moves the slope: exactly "
            + ", ".join(f"{m:.2f} at {r:g}" for r, m in zip(rates, means, strict=True))
            + "."
        )
    for found, family in _OTHER_PRIORS.items():
        others = [_summary(rows, group, family, r) for r in rates]
        if all(abs(v - s.mean) <= _TIGHT * s.sd for v, s in zip(values, others, strict=True)):
            return wrong("sensitivity-prior", found=found)
    if np.ptp(values) < _UNMOVED:
        return _unmoved(values, rates, asked, rows, group)
    for code, alternative, spread in _mistakes(rows, group, rates, asked):
        if (np.abs(values - alternative) <= near * np.asarray(spread)).all():
            return wrong(code)
    worst = int(errors.argmax())
    found = {
        "rate": f"{rates[worst]:g}",
        "value": f"{values[worst]:.3g}",
        "exact": f"{means[worst]:.3g}",
    }
    if (errors <= _FAR).all():
        return rerun("sensitivity-rerun", **found)
    return wrong("sensitivity-other", **found)


def _of_the_variance(rate: float) -> exact.ScalePrior:
    name = f"square root of Exponential({rate:g})"
    return exact.ScalePrior(name, lambda s: np.log(2 * s * rate) - rate * s**2)


def _unmoved(
    values: Array, rates: Sequence[float], asked: Sequence["_Summary"], rows: Rows, group: int
) -> Verdict:
    """Which answer all of these are, if it can be told."""
    told = []
    for rate, s in zip(rates, asked, strict=True):
        if s.modes == 1 and (np.abs(values - s.mean) <= _ABOUT * s.sd).all():
            said = {"rate": f"{rate:g}", "value": f"{s.mean:.3g}"}
            told.append(wrong("sensitivity-one-rate", **said))
    for other in range(rows.n_groups):
        found = [_summary(rows, other, exact.exponential, r) for r in rates]
        errors = [abs(v - s.mean) / s.sd for v, s in zip(values, found, strict=True)]
        if other != group and max(errors) <= _ABOUT:
            told.append(wrong("sensitivity-other-group", group=other))
    return told[0] if len(told) == 1 else wrong("sensitivity-unmoved", value=f"{values.mean():.3g}")


_OTHER_PRIORS: dict[str, _Family] = {
    "HalfCauchy(1 / rate)": lambda rate: exact.half_cauchy(1 / rate),
    "HalfCauchy(rate)": exact.half_cauchy,
    "an Exponential(rate) prior of sigma_slope**2": _of_the_variance,
}


def _interpolated(rates: Sequence[float], values: Array) -> float | None:
    """A rate between others whose mean lies on the line between its neighbors', to all digits."""
    scales: list[Callable[[Any], Any]] = [lambda r: r, np.log, lambda r: -1 / r]
    for i in range(1, len(rates) - 1):
        ends = [i - 1, i + 1]
        for scale in scales:
            between = np.interp(scale(rates[i]), scale(np.take(rates, ends)), values[ends])
            if abs(values[i] - between) <= 1e-9 * abs(between):
                return rates[i]
    return None


def _are_medians(values: Array, asked: Sequence["_Summary"]) -> bool:
    """Are these medians where means are asked, at the rates at which the two can be told apart?"""
    told_apart = [
        (value, s)
        for value, s in zip(values, asked, strict=True)
        if s.modes == 1 and abs(s.median - s.mean) > 4 * _MEDIAN * s.sd
    ]
    return len(told_apart) > 1 and all(
        abs(value - s.median) <= _MEDIAN * s.sd for value, s in told_apart
    )


def _mistakes(
    rows: Rows, group: int, rates: Sequence[float], asked: Sequence["_Summary"]
) -> Iterator[tuple[str, Any, Any]]:
    """Codes of other questions, with the answers to them and how far these may be off."""
    means, sds = [s.mean for s in asked], [s.sd for s in asked]
    inverse = [_summary(rows, group, exact.exponential, 1 / r) for r in rates]
    half_normal = [_summary(rows, group, exact.half_normal, 1 / r) for r in rates]
    other_data = load_groups("stubborn")
    other = Rows(other_data.groups, other_data.x, other_data.y)
    stubborn = [_summary(other, group, exact.exponential, r) for r in rates]
    alone = float(exact.unpooled(rows.groups, rows.x, rows.y)["slope"].mean[group])
    yield "sensitivity-scale", [s.mean for s in inverse], sds
    yield "sensitivity-reversed", means[::-1], sds[::-1]
    yield "sensitivity-half-normal", [s.mean for s in half_normal], [s.sd for s in half_normal]
    yield "sensitivity-mu", [s.mu for s in asked], [s.mu_sd for s in asked]
    yield "sensitivity-all-groups", [s.average for s in asked], [s.sd / s.n_groups for s in asked]
    yield "sensitivity-data", [s.mean for s in stubborn], [s.sd for s in stubborn]
    fixed = [s.given_mean for s in asked], [s.given_sd for s in asked]
    yield "sensitivity-fixed", *fixed
    yield "sensitivity-moved", [m - alone for m in means], sds
    yield "sensitivity-moved", [alone - m for m in means], sds
    yield "sensitivity-sigma", [s.sigma for s in asked], [s.sigma for s in asked]
    yield "sensitivity-sd", sds, sds


@dataclass(frozen=True)
class _Summary:
    """Of one slope's exact posterior, with what else a student may have read off it."""

    mean: float
    sd: float
    modes: int
    mu: float
    mu_sd: float
    sigma: float
    average: float
    n_groups: int
    median: float
    given_mean: float
    given_sd: float


def _summary(
    rows: Rows, group: int, family: _Family, number: float, noise: bool = False
) -> _Summary:
    """Of the posterior with one prior for sigma_slope, and on demand the same for noise."""
    data = tuple(rows.groups), tuple(rows.x), tuple(rows.y)
    return _computed(*data, group, family, number, noise)


@cache
def _computed(
    groups: tuple[int, ...],
    x: tuple[float, ...],
    y: tuple[float, ...],
    group: int,
    family: _Family,
    number: float,
    noise: bool,
) -> _Summary:
    prior = family(number)
    of_noise = prior if noise else exact.exponential(RATES["noise"])
    posterior = exact.hierarchical(groups, x, y, sigma_slope=prior, noise=of_noise)
    slope, mu = posterior["slope"], posterior["mu_slope"]
    mean, sd = float(slope.mean[group]), float(slope.sd[group])
    line = np.linspace(mean - 4 * sd, mean + 4 * sd, 201)
    values = np.repeat(line[:, None], slope.mean.size, axis=1)
    rising = np.diff(slope.pdf(values)[:, group]) > 0
    modes = int((rising[:-1] & ~rising[1:]).sum())
    given_mean, given_sd = posterior.slopes_given_sigma([1 / number])
    return _Summary(
        mean,
        sd,
        modes,
        mu=float(mu.mean),
        mu_sd=float(mu.sd),
        sigma=float(posterior["sigma_slope"].mean),
        average=float(slope.mean.mean()),
        n_groups=slope.mean.size,
        median=float(slope.quantile(0.5)[group]),
        given_mean=float(given_mean[0, group]),
        given_sd=float(given_sd[0, group]),
    )
