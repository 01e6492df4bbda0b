"""Judge draws from the hierarchical prior, and a probability counted from them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import quad
from scipy.special import gammaln, ndtr
from scipy.stats import (
    chi2,
    expon,
    halfcauchy,
    halfnorm,
    invgamma,
    norm,
    rankdata,
    studentized_range,
)

from pooling.checks.density import FIXED_SD, Rows
from pooling.checks.records import ValueEvidence
from pooling.checks.verdict.base import Verdict, rerun, right, wrong
from pooling.checks.verdict.chance import CHANCE, allowed_distance, by_chance, kolmogorov

Array = NDArray[np.float64]

# SciPy's scale is a mean; the prior is Exponential(13) by its rate.
_STORY: Any = expon(scale=1 / 13)


@dataclass(frozen=True)
class _Power:
    """The law of a power of sigma_slope."""

    exponent: float

    def ppf(self, q: Array) -> Array:
        return _STORY.ppf(q if self.exponent > 0 else 1 - q) ** self.exponent


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
    sigma = rng.exponential(_STORY.mean(), (50_000, n_groups))
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


def judge_prior_draws(evidence: ValueEvidence, rows: Rows, posterior: Any, name: str) -> Verdict:
    """Judge draws of the slopes from the hierarchical prior, one (mu, sigma) a draw.

    Three statistics are compared with their distributions: each slope by itself, the difference
    of any two slopes of a draw, and the sd of a draw's slopes, which alone shows sigma_slope.

    Parameters
    ----------
    evidence : ValueEvidence
        Of an array of shape (draws, n_groups), (chains, draws, n_groups).
    rows : Rows
        The course's data, to tell slopes from predictions.
    posterior : pooling.exact.Posterior
        Of the course's data, to tell the prior from the posterior.
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
    if _from_posterior(draws, posterior):
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
    distance = kolmogorov(_spread(spread, n_groups, _STORY))
    if distance > allowed:
        return _wrong_spread(draws, spread, distance, allowed)
    for j in range(n_groups):
        distance = kolmogorov(_normal(draws[:, j], 1.0))
        if distance > allowed:
            # One mu for all draws would leave the spread right and every slope in one place.
            means = draws.mean(axis=1)
            if means.std() < 0.3:
                return wrong("draws-fixed")
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
    return _averaged(lambda v, s: ndtr(v / np.sqrt(of_mu + (2 - of_mu) * s**2)), values, _STORY)


def _wrong_spread(draws: Array, spread: Array, distance: float, allowed: float) -> Verdict:
    n_groups = draws.shape[1]
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
        return wrong("draws-fixed")
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


def probability_apart(limit: float) -> float:
    """Prior probability that two groups' slopes differ by more than a limit."""

    def integrand(sigma: float) -> float:
        return float(2 * ndtr(-limit / (np.sqrt(2) * sigma)) * _STORY.pdf(sigma))

    return float(quad(integrand, 0, 6, limit=200)[0])


def judge_apart(
    evidence: ValueEvidence, draws: ValueEvidence, limit: float, n_groups: int, name: str
) -> Verdict:
    """Judge the probability that two groups' slopes differ by more than a limit.

    Right is what the exact value and the chance of so many draws allow.

    Parameters
    ----------
    evidence : ValueEvidence
    draws : ValueEvidence
        The student's own prior draws: they tell how it was counted, and how many there are.
    limit : float
    n_groups : int
    name : str
        Of the answer.

    Returns
    -------
    Verdict
    """
    if evidence.values.size != 1:
        return wrong("not-a-number", name=name, asked="a number", value=evidence.text)
    number = float(evidence.values.item())
    if not 0 <= number <= 1:
        return wrong("percent", name=name, value=f"{number:.4g}")
    exact = probability_apart(limit)
    said = {"name": name, "value": f"{number:.4g}", "exact": f"{exact:.4f}"}
    n, own = 20_000, np.empty(0)
    slopes = as_draws(draws.values, n_groups)
    if slopes is not None and n_groups > 1:
        n = max(1, int(min(len(slopes), draws.ess or len(slopes))))
        ahead = (slopes[:, :, None] - slopes[:, None, :] > limit).mean(axis=0)
        i, j = np.triu_indices(slopes.shape[1], 1)
        one_way = np.concatenate([ahead[i, j], ahead[j, i]])
        own = ahead[i, j] + ahead[j, i]
        if number > 0 and _among(number, one_way) and not _among(number, own):
            return wrong("one-sided")
        with_itself = np.mean(own) * (n_groups - 1) / n_groups
        if number > 0 and _among(number, with_itself) and not _among(number, own):
            what = "that of two groups drawn from all, which may be one and the same"
            return wrong("apart-other", what=what, **said)
    if by_chance(number, exact, n):
        return right(
            f"Two slopes differ by more than {limit} with probability {number:.4f}; "
            f"exactly, {exact:.4f}."
        )
    # Counted rightly, from draws that are not from this prior?
    nearer = abs(1 - number - exact) < abs(number - _apart_if_fixed(limit))
    if by_chance(1 - number, exact, n) and nearer and not _among(number, own):
        return wrong("not-apart")
    named = []
    if number in (0.0, 1.0) and not _among(number, own):
        often = "always" if number else "never"
        named = [
            f"that of something that {often} happens: of averages, of two single draws, or "
            "after rounding"
        ]
    elif slopes is not None and number > 0 and not _among(number, own):
        counted = _counted_otherwise(slopes, limit)
        named = [what for what, values in counted.items() if _among(number, values)]
    others = _under_other_priors(limit)
    if not _among(number, own):  # or the question was the right one
        others = {**others, **_other_probabilities(limit, n_groups)}
    for what, other in others.items() if not named else ():
        # To name it takes more than that chance allows it; few draws say little about which it was.
        error = np.sqrt(other * (1 - other) / n)
        if abs(number - other) <= max(3 * error if number * n >= 5.0 else 0.0, 0.02 * other):
            named.append(what)
    if named:
        return wrong("apart-other", what=", or ".join(named), **said)
    return wrong("prior-not-used", **said)


def _counted_otherwise(slopes: Array, limit: float) -> Mapping[str, Array]:
    """Shares of the student's own draws that answer other questions, each in all its forms."""
    i, j = np.triu_indices(slopes.shape[1], 1)
    sizes = np.abs(slopes)
    longer = sizes[:, i] - sizes[:, j]
    far = np.abs(slopes - slopes.mean(axis=1, keepdims=True)) > limit
    apart = np.abs(slopes[:, i] - slopes[:, j])
    return {
        "the probability that they differ by more than so large a share of one of them": np.stack(
            [(apart > limit * sizes[:, k]).mean(axis=0) for k in (i, j)]
        ),
        "the probability that any two neighbors differ so far": np.array(
            (np.abs(np.diff(slopes, axis=1)) > limit).any(axis=1).mean()
        ),
        "the probability that a slope lies so far from the mean of its draw's slopes": np.append(
            far.mean(axis=0), [far.mean(), far.any(axis=1).mean()]
        ),
        "the probability that the sizes of two, without their signs, differ so far": np.concatenate(
            [(way > limit).mean(axis=0) for way in (longer, -longer, np.abs(longer))]
        ),
    }


def _apart_if_fixed(limit: float) -> float:
    """The probability that slopes with the unpooled model's prior differ so far."""
    return float(2 * ndtr(-limit / (np.sqrt(2) * FIXED_SD)))


def _over_sigma(given: Callable[[float], float]) -> float:
    """The mean of a function of sigma_slope over its prior."""
    return float(quad(lambda s: given(s) * _STORY.pdf(s) if s else 0.0, 0, 6, limit=200)[0])


def _pair_apart(limit: float, sigma: float, widening: float = 0.0) -> float:
    """The probability that two slopes with this sd differ so far."""
    return float(2 * ndtr(-limit / np.sqrt(2 * (sigma**2 + widening))))


@cache
def _under_other_priors(limit: float) -> Mapping[str, float]:
    """Answers to the right question about other draws."""
    return {
        "that probability for sigma_slope at its mean": _pair_apart(limit, _STORY.mean()),
        f"that probability under a fixed prior, Normal(0, {FIXED_SD:g})": _apart_if_fixed(limit),
        "that probability with sigma_slope for a variance": _over_sigma(
            lambda s: _pair_apart(limit, np.sqrt(s))
        ),
        "the probability that slopes of two draws differ so far, or two with a mu each": (
            _over_sigma(lambda s: _pair_apart(limit, s, 1.0))
        ),
    }


@cache
def _other_probabilities(limit: float, n_groups: int) -> Mapping[str, float]:
    """Answers to other questions than the one that was asked."""

    def any_two(sigma: float) -> float:
        return float(studentized_range.sf(limit / sigma, n_groups, np.inf)) if sigma else 0.0

    nodes, weights = np.polynomial.legendre.leggauss(60)
    ranges = [any_two(s) for s in _STORY.ppf(0.5 * (nodes + 1))]
    return {
        f"the probability that any two of the {n_groups} differ so far": float(
            0.5 * weights @ ranges
        ),
        "the probability that sigma_slope exceeds it": float(_STORY.sf(limit)),
        "that of a normal difference with the right sd (the tails of this one are heavier)": (
            _pair_apart(limit, np.hypot(_STORY.std(), _STORY.mean()))
        ),
        "the probability that one slope differs so far from mu_slope (the difference of two is "
        "wider by the root of two), or that the squared difference of two does": _over_sigma(
            lambda s: _pair_apart(limit, s / np.sqrt(2))
        ),
        "that of a difference with sd 2 * sigma_slope (variances add up, and not sds)": _over_sigma(
            lambda s: _pair_apart(limit, np.sqrt(2) * s)
        ),
        "the probability that a slope lies so far from zero": _over_sigma(
            lambda s: float(2 * ndtr(-limit / np.hypot(1.0, s)))
        ),
        "twice that probability (each pair counted in both directions)": float(
            2 * probability_apart(limit)
        ),
        "Chebyshev's upper bound on it": 2 * _STORY.moment(2) / limit**2,
        f"the probability that they differ by more than {limit / 2:g}": _over_sigma(
            lambda s: _pair_apart(limit / 2, s)
        ),
        "the mean of the difference": float(2 / np.sqrt(np.pi) * _STORY.mean()),
        f"the probability that they differ by more than {limit / 10:g}": _over_sigma(
            lambda s: _pair_apart(limit / 10, s)
        ),
    }


def _among(number: float, values: Any) -> bool:
    return bool(np.isclose(values, number, rtol=0, atol=1e-12).any())
