"""Judge the prior probability that two groups' slopes are far apart."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import quad
from scipy.special import ndtr
from scipy.stats import studentized_range

from pooling.checks.density import FIXED_SD
from pooling.checks.records import ValueEvidence
from pooling.checks.verdict.base import Verdict, right, wrong
from pooling.checks.verdict.chance import by_chance
from pooling.checks.verdict.draws import SIGMA_SLOPE, as_draws

Array = NDArray[np.float64]


def probability_apart(limit: float) -> float:
    """Prior probability that two groups' slopes differ by more than a limit."""

    def integrand(sigma: float) -> float:
        return float(2 * ndtr(-limit / (np.sqrt(2) * sigma)) * SIGMA_SLOPE.pdf(sigma))

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
    return float(quad(lambda s: given(s) * SIGMA_SLOPE.pdf(s) if s else 0.0, 0, 6, limit=200)[0])


def _pair_apart(limit: float, sigma: float, widening: float = 0.0) -> float:
    """The probability that two slopes with this sd differ so far."""
    return float(2 * ndtr(-limit / np.sqrt(2 * (sigma**2 + widening))))


@cache
def _under_other_priors(limit: float) -> Mapping[str, float]:
    """Answers to the right question about other draws."""
    return {
        "that probability for sigma_slope at its mean": _pair_apart(limit, SIGMA_SLOPE.mean()),
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
    ranges = [any_two(s) for s in SIGMA_SLOPE.ppf(0.5 * (nodes + 1))]
    return {
        f"the probability that any two of the {n_groups} differ so far": float(
            0.5 * weights @ ranges
        ),
        "the probability that sigma_slope exceeds it": float(SIGMA_SLOPE.sf(limit)),
        "that of a normal difference with the right sd (the tails of this one are heavier)": (
            _pair_apart(limit, np.hypot(SIGMA_SLOPE.std(), SIGMA_SLOPE.mean()))
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
        "Chebyshev's upper bound on it": 2 * SIGMA_SLOPE.moment(2) / limit**2,
        f"the probability that they differ by more than {limit / 2:g}": _over_sigma(
            lambda s: _pair_apart(limit / 2, s)
        ),
        "the mean of the difference": float(2 / np.sqrt(np.pi) * SIGMA_SLOPE.mean()),
        f"the probability that they differ by more than {limit / 10:g}": _over_sigma(
            lambda s: _pair_apart(limit / 10, s)
        ),
    }


def _among(number: float, values: Any) -> bool:
    return bool(np.isclose(values, number, rtol=0, atol=1e-12).any())
