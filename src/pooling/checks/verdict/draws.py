"""Judge draws from the hierarchical prior."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln, ndtr
from scipy.stats import (
    chi2,
    expon,
    halfcauchy,
    halfnorm,
    invgamma,
    norm,
    rankdata,
)

from pooling.checks.density import Rows
from pooling.checks.records import ValueEvidence
from pooling.checks.verdict.base import Verdict, rerun, right, wrong
from pooling.checks.verdict.chance import CHANCE, allowed_distance, kolmogorov

Array = NDArray[np.float64]

#: The prior of sigma_slope, Exponential(13) by its rate; SciPy's scale is a mean.
SIGMA_SLOPE: Any = expon(scale=1 / 13)


@dataclass(frozen=True)
class _Power:
    """The law of a power of sigma_slope."""

    exponent: float

    def ppf(self, q: Array) -> Array:
        return SIGMA_SLOPE.ppf(q if self.exponent > 0 else 1 - q) ** self.exponent


# What else the slopes' sd may have been.
_OTHER_SCALES = {
    "Exponential(1/13), with mean 13": expon(scale=13),
    "Exponential(1), with mean 1": expon(scale=1),
    "Exponential(10)": expon(scale=1 / 10),
    "HalfNormal(1/13)": halfnorm(scale=1 / 13),
    "half-normal with mean 1/13": halfnorm(scale=np.sqrt(np.pi / 2) / 13),
    "HalfNormal(13)": halfnorm(scale=13),
    "HalfNormal(1)": halfnorm(scale=1),
    "HalfCauchy(1)": halfcauchy(scale=1),
    "HalfCauchy(13)": halfcauchy(scale=13),
    "HalfCauchy(1/13)": halfcauchy(scale=1 / 13),
    "1/13 + Exponential(1), as SciPy's expon(1/13) is": expon(loc=1 / 13),
    "13 + Exponential(1), as SciPy's expon(13) is": expon(loc=13),
    "1 / Exponential(1/13), the inverse of what was drawn": invgamma(1, scale=1 / 13),
    "squared": _Power(2.0),
    "its own square root": _Power(0.5),
    "a precision": _Power(-0.5),
}


def _averaged(cdf_given: Callable[[Array, Array], Array], values: Array, law: Any) -> Array:
    """A cdf that depends on sigma, averaged over sigma's distribution.

    By Gauss-Legendre nodes in sigma's own probability; a few hundred are good to 1e-4, a hundredth
    of what chance allows.
    """
    nodes, weights = np.polynomial.legendre.leggauss(200)
    sigma = law.ppf(0.5 * (nodes + 1))
    # A table at the values' own quantiles, and a line between them, is as good and much faster.
    table = np.unique(np.quantile(values, np.linspace(0, 1, 1001)))
    return np.interp(values, table, cdf_given(table[:, None], sigma) @ (0.5 * weights))


def _spread(slopes_sd: Array, n_groups: int, law: Any) -> Array:
    """cdf of the sd of a draw's slopes, given that they are Normal(mu, sigma)."""
    k = n_groups - 1
    return _averaged(lambda v, s: chi2.cdf(k * (v / s) ** 2, k), slopes_sd, law)


@cache
def _spread_of_own_sigmas(n_groups: int) -> Array:
    """The same, had each slope a sigma of its own: draws, in order, for want of a formula."""
    rng = np.random.default_rng(0)
    sigma = rng.exponential(SIGMA_SLOPE.mean(), (50_000, n_groups))
    return np.sort(rng.normal(0.0, sigma).std(axis=1, ddof=1))


LEAST_DRAWS = 500
# Below this share of independent draws, draws are a chain's and not independent.
_INDEPENDENT = 0.7
# So few tell nothing.
_FEW = 100
# Of the variance of draws' means, and of the logs of their sds, what is left within one pair's.
_ALIKE = 0.1
# A pair may stand behind a draw and its mirror image, which is a sound way to draw.
_OFTEN = 4
# Where sigma_slope is large, a draw's mean is a little farther from zero.
_WIDER = 0.01
# The mean of the other slopes is not quite mu: a slope's distance from it goes with it a little.
_OF_OTHERS = 0.02


def judge_prior_draws(
    evidence: ValueEvidence, rows: Rows, posteriors: Iterable[Any], name: str
) -> Verdict:
    """Judge draws of the slopes from the hierarchical prior, one (mu, sigma) a draw.

    Three statistics are compared with their distributions: each slope by itself, the difference
    of any two slopes of a draw, and the sd of a draw's slopes, which alone shows sigma_slope.

    Parameters
    ----------
    evidence : ValueEvidence
        Of an array of shape (draws, n_groups), (chains, draws, n_groups).
    rows : Rows
        The course's data, to tell slopes from predictions.
    posteriors : iterable of pooling.exact.Posterior
        Of the course's data, to tell the prior from them.
    name : str
        Of the answer.

    Returns
    -------
    Verdict
    """
    n_groups = rows.n_groups
    draws = as_draws(evidence.values, n_groups)
    if draws is None or len(draws) < LEAST_DRAWS:
        if draws is None and _predicts(evidence.values, rows):
            return wrong("draws-predictive", name=name, n_groups=n_groups)
        shape = evidence.values.shape
        found = f"{shape}" if evidence.values.size else f"no finite numbers ({evidence.text})"
        return wrong("draws-shape", name=name, n_groups=n_groups, least=1000, found=found)
    if any(_from_posterior(draws, posterior) for posterior in posteriors):
        return wrong("draws-posterior", name=name)
    if np.array_equal(draws, np.round(draws, 2)):
        return wrong("draws-rounded", name=name)
    distinct = len(np.unique(draws, axis=0))
    if distinct < min(LEAST_DRAWS, len(draws) / 2):
        return wrong("draws-repeated", name=name, draws=len(draws), distinct=distinct)
    spread = draws.std(axis=1, ddof=1)
    if np.median(spread) < 1e-12:
        return wrong("draws-copied", n_groups=n_groups)
    if n_groups > 2 and (np.diff(draws, axis=1) >= 0.0).all():
        return wrong("draws-sorted", name=name)
    if (np.diff(draws, axis=0) >= 0.0).all():
        return wrong("draws-columns-sorted", name=name)
    if np.abs(draws.mean(axis=1)).max() < 1e-9:
        return wrong("draws-centered", name=name)
    if 0.0 <= draws.min() < 0.01:
        return wrong("draws-positive", name=name)
    times = _times_used(draws)
    independent = min(len(draws), evidence.ess) if evidence.ess else len(draws)
    independent = max(int(independent), 1)
    if independent < _FEW and _compare(draws, spread, len(draws)).right:
        independent = len(draws)  # independent draws, put in some order
    verdict = _compare(draws, spread, independent)
    if (times > 1 or not verdict.right) and _reshaped(draws, independent):
        return wrong("draws-reshaped", name=name, n_groups=n_groups)
    if times > 1:
        return wrong("draws-reused", name=name, times=times)
    if independent < (_FEW if verdict.right else _INDEPENDENT * len(draws)):
        return rerun("draws-correlated", name=name)
    return verdict


def _reshaped(draws: Array, independent: int) -> bool:
    """Are these draws of the prior, had they been turned and not cut into rows?"""
    turned = draws.reshape(draws.shape[1], -1).T
    return _compare(turned, turned.std(axis=1, ddof=1), independent).right


def as_draws(values: Array, n_groups: int) -> Array | None:
    """Draws as rows, shape (draws, n_groups), however they are stacked; None if they are not."""
    if values.ndim == 3 and values.shape[-1] == n_groups:
        return values.reshape(-1, n_groups)
    return values if values.ndim == 2 and values.shape[1] == n_groups else None


def _predicts(values: Array, rows: Rows) -> bool:
    """Are these slope * x for each row, without noise?"""
    if values.ndim < 2 or values.shape[-1] != rows.x.size:
        return False
    with np.errstate(all="ignore"):
        slopes = values.reshape(-1, rows.x.size) / rows.x
    usable = np.abs(rows.x) > 1e-9
    return all(
        np.allclose(np.ptp(slopes[:, usable & (rows.groups == g)], axis=1), 0.0, atol=1e-6)
        for g in np.unique(rows.groups[usable])
    )


def _from_posterior(draws: Array, posterior: Any) -> bool:
    exact = posterior["slope"]
    near = np.abs(draws.mean(axis=0) - exact.mean) < 0.5 * exact.sd
    alike = np.abs(np.log(np.maximum(draws.std(axis=0), 1e-12) / exact.sd)) < np.log(2)
    return bool(near.all() and alike.all())


def _times_used(draws: Array) -> int:
    """How many draws in a row, or at equal distances, one pair of mu and sigma stands behind."""
    # The mean of a draw's slopes is mu, but for a few hundredths; their sd is sigma, but for a
    # quarter or so. Points that fill space evenly repeat one of the two, nearly, but not both.
    n, seen = len(draws), np.stack([draws.mean(axis=1), np.log(draws.std(axis=1) + 1e-12)])
    for times in (t for t in range(n // 20, _OFTEN - 1, -1) if n % t == 0):
        for blocks in (seen.reshape(2, -1, times), seen.reshape(2, times, -1).swapaxes(1, 2)):
            within = blocks.var(axis=2).mean(axis=1) / seen.var(axis=1)
            # Neighbors in a chain are alike too, but so are the ends of neighboring blocks.
            ends = np.corrcoef(blocks[0, :-1, -1], blocks[0, 1:, 0])[0, 1]
            if (within < _ALIKE).all() and ends < 0.5:
                return times
    return 1


def _compare(draws: Array, spread: Array, independent: int) -> Verdict:
    n_groups, allowed = draws.shape[1], allowed_distance(independent)
    distance = kolmogorov(_spread(spread, n_groups, SIGMA_SLOPE))
    if distance > allowed:
        return _wrong_spread(draws, spread, distance, allowed)
    for j in range(n_groups):
        distance = kolmogorov(_normal(draws[:, j], 1.0))
        if distance > allowed:
            # One mu for all draws would leave the spread right and every slope in one place.
            means = draws.mean(axis=1)
            if means.std() < 0.3:
                lie = f"the slopes of each lie around {means.mean():z.1f}"
                return wrong("draws-fixed", what=lie)
            off = abs(means.mean()) * np.sqrt(len(means)) > 6.0, not 0.9 < means.std() < 1.1
            if any(off):
                return wrong("draws-mean", mean=f"{means.mean():.2g}", sd=f"{means.std():.2g}")
            if (correlation := _tied(draws, j, independent)) is not None:
                return wrong("draws-offset-tied", slope=j, correlation=correlation)
            statistic = f"slope {j} by itself"
            return wrong("draws-other", statistic=statistic, distance=distance, allowed=allowed)
    means = draws.mean(axis=1)
    for values, slack in ((means, 0.0), (np.abs(means), _WIDER)):
        correlation = float(np.corrcoef(rankdata(values), rankdata(spread))[0, 1])
        if abs(correlation) > slack + norm.isf(CHANCE / 2) / np.sqrt(independent):
            return wrong("draws-tied", correlation=correlation)
    for j in range(n_groups):
        if (correlation := _tied(draws, j, independent)) is not None:
            return wrong("draws-offset-tied", slope=j, correlation=correlation)
    pairs = [*combinations(range(n_groups), 2)]
    for i, j in pairs:
        u = _normal(draws[:, i] - draws[:, j], 0.0)
        if kolmogorov(u) > allowed_distance(independent, len(pairs)):
            far = np.abs(u - 0.5).mean() > 0.25
            return wrong("draws-pair", first=i, second=j, how="farther apart" if far else "closer")
    return right(f"{len(draws)} draws from the prior, one (mu, sigma) each.")


def _tied(draws: Array, j: int, independent: int) -> float | None:
    """Rank correlation of a slope's distance from the others with their mean, if there is one."""
    if draws.shape[1] < 3:
        return None
    others = np.delete(draws, j, axis=1).mean(axis=1)
    correlation = float(np.corrcoef(rankdata(draws[:, j] - others), rankdata(others))[0, 1])
    chance = norm.isf(CHANCE / 2) / np.sqrt(independent)
    return correlation if abs(correlation) > _OF_OTHERS + chance else None


def _normal(values: Array, of_mu: float) -> Array:
    """cdf of a slope (`of_mu` is 1) or of the difference of two (0), at values of it.

    A slope has variance 1 + sigma^2, a difference of two has 2 sigma^2.
    """
    return _averaged(
        lambda v, s: ndtr(v / np.sqrt(of_mu + (2 - of_mu) * s**2)), values, SIGMA_SLOPE
    )


def _wrong_spread(draws: Array, spread: Array, distance: float, allowed: float) -> Verdict:
    n_groups = draws.shape[1]
    of_one = kolmogorov(_spread(spread, n_groups, _OTHER_SCALES["HalfNormal(1)"])) <= allowed
    if of_one and 0.0 < draws.mean() < 0.2:
        return wrong("draws-exchanged")
    correlation: Array = np.asarray(np.corrcoef(draws.T))
    between = (correlation.sum() - n_groups) / (n_groups * (n_groups - 1))
    if between < 0.5 and 0.7 < draws.std() < 1.5:
        return wrong("draws-apart")
    for alternative, law in _OTHER_SCALES.items():
        if kolmogorov(_spread(spread, draws.shape[1], law)) <= allowed:
            return wrong("draws-scale", alternative=alternative)
    # With one sigma for all draws the scaled variances follow a chi-square law exactly.
    k = draws.shape[1] - 1
    fixed = spread.mean() / np.sqrt(2 / k) * np.exp(gammaln(k / 2) - gammaln((k + 1) / 2))
    if kolmogorov(chi2.cdf(k * (spread / fixed) ** 2, k)) <= allowed:
        return wrong("draws-fixed", what=f"the slopes of each spread by about {fixed:.2g}")
    own = _spread_of_own_sigmas(n_groups)
    u = np.searchsorted(own, spread) / own.size
    if kolmogorov(u) <= allowed + allowed_distance(own.size):
        return wrong("draws-own-sigma")
    return wrong(
        "draws-other",
        statistic="the spread of the slopes within a draw",
        distance=distance,
        allowed=allowed,
    )
