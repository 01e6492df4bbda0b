"""Verdicts on numbers, draws and functions that students hand in. Pure, like `verdict`."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import quad
from scipy.special import gammaln, ndtr
from scipy.stats import binom, chi2, expon, halfnorm

from pooling.checks.evidence import TraceEvidence
from pooling.checks.verdict import MOST_DISTANCE, Verdict, kolmogorov, rerun, right, wrong

Array = NDArray[np.float64]

# Chance of failing a right set of draws, for each of the statistics looked at.
_CHANCE = 1e-6


# --- numbers read off a trace -------------------------------------------------------------------


def as_array(value: Any) -> Array | None:
    """Finite numbers out of whatever holds them: a list, a DataArray, a frame; else None."""
    try:
        array = np.asarray(value, dtype=float)
    except (TypeError, ValueError):
        return None
    return array if array.size and np.isfinite(array).all() else None


def as_scalar(value: Any) -> float | None:
    """A number out of whatever holds just one."""
    array = as_array(value)
    return float(array.item()) if array is not None and array.size == 1 else None


def as_pair(value: Any) -> Array | None:
    """Low and high end out of whatever holds just two numbers."""
    array = as_array(value)
    return array.ravel() if array is not None and array.size == 2 else None


def narrowest(draws: Array, prob: float) -> Array:
    """Highest density interval of draws: the narrowest that holds this share of them."""
    ordered = np.sort(draws)
    inside = int(np.floor(prob * ordered.size))
    widths = ordered[inside:] - ordered[: ordered.size - inside]
    start = int(widths.argmin())
    return ordered[[start, start + inside]]


def _close(value: float, own: float, sd: float) -> bool:
    """Equal but for the method (a few hundredths of an sd) and for sensible rounding."""
    slack = 0.03 * sd
    for decimals in (1, 2, 3):
        half = 0.5 * 10.0**-decimals
        if half <= 0.08 * sd and value == round(value, decimals):
            slack += half
            break
    return abs(value - own) <= slack


def judge_interval(value: Any, evidence: TraceEvidence, group: int, exact: Any, name: str):
    """Judge a 94 % HDI of one group's slope against the student's own trace.

    Parameters
    ----------
    value : pair of float
    evidence : TraceEvidence
        Of the student's trace.
    group : int
    exact : pooling.exact.Marginal
        Of the slopes.
    name : str
        Of the answer.

    Returns
    -------
    Verdict
    """
    pair = as_pair(value)
    if pair is None or pair[0] >= pair[1]:
        return wrong("not-a-number", name=name, asked="a pair (low, high)", value=_short(value))
    draws = evidence.draws["slope"].reshape(-1, exact.mean.size)
    sd = draws[:, group].std()
    own = narrowest(draws[:, group], 0.94)

    def matches(interval: Array, spread: float) -> bool:
        return all(_close(p, i, spread) for p, i in zip(pair, interval, strict=True))

    if matches(own, sd):
        u = exact.cdf(np.broadcast_to(pair[:, None], (2, exact.mean.size)))[:, group]
        ess = max(evidence.ess["slope"], 1.0)
        allowed = MOST_DISTANCE * np.sqrt(0.06 * 0.94 / ess) + 0.01
        if abs(u[1] - u[0] - 0.94) > allowed:
            return rerun("off-target", name="slope")
        return right(f"Group {group}'s slope lies in {_show(pair)} with probability 0.94.")
    if matches(np.quantile(draws[:, group], [0.03, 0.97]), sd):
        return wrong("equal-tailed", name=name)
    for prob in (0.5, 0.8, 0.89, 0.9, 0.95, 0.97, 0.99):
        tail = (1 - prob) / 2
        central = np.quantile(draws[:, group], [tail, 1 - tail])
        if matches(narrowest(draws[:, group], prob), sd) or matches(central, sd):
            return wrong("other-prob", name=name, prob=f"{100 * prob:.0f}")
    for other in range(exact.mean.size):
        if other != group and matches(narrowest(draws[:, other], 0.94), draws[:, other].std()):
            return wrong("other-slope", name=name, value=_show(pair), group=other)
    return wrong("not-from-trace", name=name, value=_show(pair), own=_show(own))


def judge_mean(value: Any, evidence: TraceEvidence, group: int, exact: Any, name: str) -> Verdict:
    """Judge the posterior mean of one group's slope; arguments as in `judge_interval`."""
    number = as_scalar(value)
    if number is None:
        return wrong("not-a-number", name=name, asked="a number", value=_short(value))
    draws = evidence.draws["slope"].reshape(-1, exact.mean.size)
    sd, own = draws[:, group].std(), draws[:, group].mean()
    if _close(number, own, sd):
        error = exact.sd[group] / np.sqrt(max(evidence.ess["slope"], 1.0))
        if abs(own - exact.mean[group]) > MOST_DISTANCE * error:
            return rerun("off-target", name="slope")
        return right(f"Group {group}'s slope is {number:.2f} now.")
    for other in range(exact.mean.size):
        if other != group and abs(number - draws[:, other].mean()) < 1e-9:
            return wrong("other-slope", name=name, value=f"{number:.3g}", group=other)
    return wrong("not-from-trace", name=name, value=f"{number:.4g}", own=f"{own:.4g}")


def _show(pair: Array) -> str:
    return f"({pair[0]:.2f}, {pair[1]:.2f})"


def _short(value: Any) -> str:
    text = " ".join(repr(value).split())
    return text if len(text) <= 60 else f"{text[:57]}..."


# --- prior draws --------------------------------------------------------------------------------

_STORY: Any = expon(
    scale=1 / 13
)  # SciPy's scale is a mean; the prior is Exponential(13) by its rate

# What else sigma_slope's prior may have been.
_OTHER_SCALES = {
    "Exponential(1/13), with mean 13": expon(scale=13),
    "Exponential(1), with mean 1": expon(scale=1),
    "Exponential(10)": expon(scale=1 / 10),
    "HalfNormal(1/13)": halfnorm(scale=1 / 13),
    "HalfNormal(13)": halfnorm(scale=13),
    "HalfNormal(1)": halfnorm(scale=1),
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


def allowed_distance(n: int) -> float:
    """Kolmogorov distance that right draws stay under (Dvoretzky, Kiefer, Wolfowitz, Massart)."""
    return float(np.sqrt(np.log(2 / _CHANCE) / (2 * n)))


def judge_prior_draws(value: Any, n_groups: int, name: str, least: int = 500) -> Verdict:
    """Judge draws of the slopes from the hierarchical prior, one (mu, sigma) a draw.

    Three statistics are compared with their distributions: each slope by itself, the difference
    of two slopes of a draw, and the sd of a draw's slopes, which alone shows sigma_slope.

    Parameters
    ----------
    value : array, shape (draws, n_groups) or (chains, draws, n_groups)
    n_groups : int
    name : str
        Of the answer.
    least : int
        Fewest draws that are accepted.

    Returns
    -------
    Verdict
    """
    draws = as_array(value)
    found = str(np.shape(value)) if draws is not None else f"no finite numbers ({_short(value)})"
    if draws is not None and draws.ndim == 3:
        draws = draws.reshape(-1, draws.shape[-1])
    if draws is None or draws.ndim != 2 or draws.shape[1] != n_groups or len(draws) < least:
        return wrong("draws-shape", name=name, n_groups=n_groups, least=1000, found=found)
    spread = draws.std(axis=1, ddof=1)
    if np.median(spread) < 1e-12:
        return wrong("draws-copied", n_groups=n_groups)

    allowed = allowed_distance(len(draws))
    distance = kolmogorov(_spread(spread, n_groups, _STORY))
    if distance > allowed:
        return _wrong_spread(draws, spread, distance, allowed)
    looked_at: dict[str, tuple[Array, Array]] = {}
    for j in (0, n_groups - 1):
        looked_at[f"slope {j} by itself"] = draws[:, j], np.array(1.0)
    for i, j in ((0, 1), (n_groups - 2, n_groups - 1)):
        looked_at[f"the difference of slopes {i} and {j}"] = draws[:, i] - draws[:, j], np.array(0)
    statistics = {
        # A slope has variance 1 + sigma^2, a difference of two has 2 sigma^2.
        name: kolmogorov(
            _averaged(lambda v, s, m=m: ndtr(v / np.sqrt(m + (2 - m) * s**2)), values, _STORY)
        )
        for name, (values, m) in looked_at.items()
    }
    # One mu for all draws would leave the spread right and every slope in one place.
    for statistic, distance in statistics.items():
        if distance > allowed:
            if draws.mean(axis=1).std() < 0.3:
                return wrong("draws-fixed")
            return wrong("draws-other", statistic=statistic, distance=distance, allowed=allowed)
    return right(f"{len(draws)} draws from the prior, one (mu, sigma) each.")


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


def judge_apart(value: Any, draws: Array | None, limit: float, name: str) -> Verdict:
    """Judge the probability that two groups' slopes differ by more than a limit.

    Right is what the exact value and the chance of so many draws allow.

    Parameters
    ----------
    value : float
    draws : array, shape (draws, n_groups), or None
        The student's own prior draws: they tell how it was counted, and how many there are.
    limit : float
    name : str
        Of the answer.

    Returns
    -------
    Verdict
    """
    number = as_scalar(value)
    if number is None:
        return wrong("not-a-number", name=name, asked="a number", value=_short(value))
    if not 0 <= number <= 1:
        return wrong("percent", name=name, value=f"{number:.4g}")
    exact = probability_apart(limit)
    n = 20_000
    if draws is not None and draws.ndim >= 2 and draws.shape[-1] > 1:
        slopes = draws.reshape(-1, draws.shape[-1])
        n = len(slopes)
        ahead = (slopes[:, :, None] - slopes[:, None, :] > limit).mean(axis=0)
        i, j = np.triu_indices(slopes.shape[1], 1)
        one_way = np.concatenate([ahead[i, j], ahead[j, i]])
        both_ways = ahead[i, j] + ahead[j, i]
        if number > 0 and _among(number, one_way) and not _among(number, both_ways):
            return wrong("one-sided")
    if _by_chance(number, exact, n):
        return right(
            f"Two slopes differ by more than {limit} with probability {number:.4f}; "
            f"exactly, {exact:.4f}."
        )
    if _by_chance(1 - number, exact, n):
        return wrong("not-apart")
    return wrong("prior-not-used", name=name, value=f"{number:.4g}", exact=f"{exact:.4f}")


def _by_chance(share: float, probability: float, n: int) -> bool:
    """Could n independent draws of an event of this probability give this share of them?"""
    count = round(share * n)
    tail = min(binom.cdf(count, n, probability), binom.sf(count - 1, n, probability))
    return bool(tail > _CHANCE / 2)


def _among(number: float, values: Array) -> bool:
    return bool(np.isclose(values, number, rtol=0, atol=1e-12).any())


# --- functions ----------------------------------------------------------------------------------


def share_of_the_way(unpooled: Array, partial: Array, population: Array | float) -> Array:
    return (unpooled - partial) / (unpooled - population)


def judge_shrinkage(function: Any, rng: np.random.Generator, name: str) -> Verdict:
    """Judge a function of (unpooled, partial, population) on numbers and on arrays."""
    if not callable(function):
        return wrong(
            "not-a-function",
            name=name,
            arguments="(unpooled, partial, population)",
            detail=type(function).__name__,
        )
    unpooled = rng.normal(2, 3, 6)
    population = float(rng.normal(2, 0.1))
    share = rng.uniform(0.1, 0.9, 6)
    share[:2] = -0.3, 1.4  # moved away, and overshot
    partial = unpooled + share * (population - unpooled)
    try:
        scalars = [
            as_scalar(function(u, p, population)) for u, p in zip(unpooled, partial, strict=True)
        ]
        array = np.asarray(function(unpooled.copy(), partial.copy(), population), dtype=float)
    except NotImplementedError:
        return wrong("not-written")
    except Exception as error:
        return wrong("function-raised", name=name, detail=f"{type(error).__name__}: {error}.")
    if any(s is None for s in scalars):
        return wrong("function-shape", name=name, detail="for numbers it returned none.")
    if array.shape != unpooled.shape:
        return wrong(
            "function-shape",
            name=name,
            detail=f"for arrays of shape {unpooled.shape} it returned shape {array.shape}.",
        )
    found = np.array(scalars, dtype=float)
    if np.allclose(found, share, rtol=1e-8) and np.allclose(array, share, rtol=1e-8):
        return right("0 for a slope that stays, 1 for one that goes all the way.")
    mistakes = {
        "share-left": 1 - share,
        "share-sign": -share,
        "share-inverse": 1 / share,
        "share-absolute": np.abs(share),
        "share-distance": unpooled - partial,
    }
    for code, values in mistakes.items():
        if np.allclose(found, values, rtol=1e-8):
            return wrong(code)
    if np.allclose(np.abs(found), np.abs(unpooled - partial), rtol=1e-8):
        return wrong("share-distance")
    return wrong(
        "share-wrong",
        unpooled=f"{unpooled[2]:.2f}",
        partial=f"{partial[2]:.2f}",
        population=f"{population:.2f}",
        value=f"{found[2]:.3g}",
        expected=f"{share[2]:.3g}",
    )
