"""Judge numbers that are read off a trace, and the function that measures shrinkage."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import permutations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pooling.checks.challenge import Challenge
from pooling.checks.diagnosis import told_apart
from pooling.checks.records import FunctionEvidence, TraceEvidence, ValueEvidence
from pooling.checks.verdict.base import Verdict, partly, rerun, right, wrong
from pooling.checks.verdict.traces import MOST_DISTANCE

Array = NDArray[np.float64]

# In posterior sds: a mean that was computed, perhaps rounded to four digits; an interval whose ends
# were read off a grid; and what the student's own draws give, to the last digits.
_EXACTLY = 1e-3
_ON_A_GRID = 1e-2
_COPIED = 1e-6


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


def _copied(pair: Array, ends: Array, sd: float) -> bool:
    return bool(np.abs(pair - ends).max() <= _COPIED * sd)


def judge_interval(
    value: ValueEvidence, evidence: TraceEvidence, group: int, exact: Any, name: str
) -> Verdict:
    """Judge a 94 % HDI of one group's slope against the student's own trace.

    Parameters
    ----------
    value : ValueEvidence
        Of a pair (low, high).
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
    pair = value.values.ravel()
    if pair.size == 2 and pair[0] > pair[1]:
        turned = replace(value, values=pair[::-1])
        if judge_interval(turned, evidence, group, exact, name).right:
            return wrong("interval-reversed", name=name)
        width = replace(value, values=np.array([pair[0], pair[0] + pair[1]]))
        if pair[1] > 0.0 and judge_interval(width, evidence, group, exact, name).right:
            return wrong("interval-width", name=name)
        around = replace(value, values=pair[0] + pair[1] * np.array([-1.0, 1.0]))
        if pair[1] > 0.0 and judge_interval(around, evidence, group, exact, name).right:
            return wrong("interval-center", name=name)
    if pair.size != 2 or pair[0] >= pair[1]:
        return wrong("not-a-number", name=name, asked="a pair (low, high)", value=value.text)
    draws = evidence.draws["slope"].reshape(-1, exact.mean.size)
    sd = draws[:, group].std()
    own = narrowest(draws[:, group], 0.94)

    def matches(interval: Array, spread: float) -> bool:
        return all(_close(p, i, spread) for p, i in zip(pair, interval, strict=True))

    tails = np.quantile(draws[:, group], [0.03, 0.97])
    # On symmetric draws the two are much alike, but who has one to all digits has not the other.
    if _copied(pair, tails, sd) and not _copied(pair, own, sd):
        return wrong("equal-tailed", name=name)
    if matches(own, sd):
        u = exact.cdf(np.broadcast_to(pair[:, None], (2, exact.mean.size)))[:, group]
        ess = max(evidence.ess["slope"], 1.0)
        allowed = MOST_DISTANCE * np.sqrt(0.06 * 0.94 / ess) + 0.01
        if abs(u[1] - u[0] - 0.94) > allowed:
            return rerun("off-target", name="slope")
        return right(f"Group {group}'s slope lies in {_show(pair)} with probability 0.94.")
    others = _other_intervals(evidence, group)
    exactly = exact.hdi(0.94)[group]
    copied = any(_copied(pair, np.array(ends), sd) for *ends, _ in others.values())
    if not copied and np.abs(pair - exactly).max() <= _ON_A_GRID * exact.sd[group]:
        return right("That is the exact posterior's own interval.")
    if matches(tails, sd):
        return wrong("equal-tailed", name=name)
    for prob in (0.06, 0.5, 0.8, 0.88, 0.89, 0.9, 0.95, 0.97, 0.99):
        tail = (1 - prob) / 2
        central = np.quantile(draws[:, group], [tail, 1 - tail])
        if matches(narrowest(draws[:, group], prob), sd) or matches(central, sd):
            return wrong("other-prob", name=name, prob=f"{100 * prob:.0f}")
    for other in range(exact.mean.size):
        if other != group and matches(narrowest(draws[:, other], 0.94), draws[:, other].std()):
            return wrong("other-slope", name=name, value=_show(pair), group=other)
    for what, (low, high, spread) in others.items():
        if all(_close(p, e, spread) for p, e in zip(pair, (low, high), strict=True)):
            return _other_statistic(name, _show(pair), what, "the 94 % HDI", group)
    near = MOST_DISTANCE * _error_of_ends(evidence, exact.sd[group])
    judged = partly if np.abs(pair - exactly).max() <= near else wrong
    return judged("not-from-trace", name=name, value=_show(pair), own=_show(own))


def judge_mean(
    value: ValueEvidence, evidence: TraceEvidence, group: int, exact: Any, name: str
) -> Verdict:
    """Judge the posterior mean of one group's slope; arguments as in `judge_interval`."""
    if value.values.size != 1:
        return wrong("not-a-number", name=name, asked="a number", value=value.text)
    number = float(value.values.item())
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
    for what, statistic in _other_means(evidence, draws[:, group], group).items():
        if abs(number - statistic) < 1e-9:
            return _other_statistic(name, f"{number:.4g}", what, "the posterior mean", group)
    exactly = exact.mean[group]
    if abs(number - exactly) <= _EXACTLY * exact.sd[group]:
        return right("That is the exact posterior's own mean.")
    error = exact.sd[group] / np.sqrt(max(evidence.ess["slope"], 1.0))
    judged = partly if abs(number - exactly) <= MOST_DISTANCE * error else wrong
    return judged("not-from-trace", name=name, value=f"{number:.4g}", own=f"{own:.4g}")


def _other_statistic(name: str, value: str, what: str, asked: str, group: int) -> Verdict:
    return wrong("other-statistic", name=name, value=value, what=what, asked=asked, group=group)


def _slopes(evidence: TraceEvidence) -> Array:
    """Draws of the slopes, shape (chains, draws, n_groups); a model may have them in a column."""
    draws = evidence.draws["slope"]
    return draws.reshape(*draws.shape[:2], -1)


def _other_means(evidence: TraceEvidence, draws: Array, group: int) -> dict[str, float]:
    """What else may have been read off in place of a slope's posterior mean."""
    found = {"its posterior median": np.median(draws), "its posterior sd": draws.std()}
    found["its posterior sd, with n - 1"] = draws.std(ddof=1)
    for name, other in evidence.draws.items():
        if name != "slope":
            found[f"the posterior mean of `{name}`"] = other.mean()
    slopes = _slopes(evidence)
    index = min(group, slopes.shape[1] - 1)
    found[f"the mean of draw {index} of all groups, along another axis"] = slopes[:, index].mean()
    found["the mean of all slopes"] = slopes.mean()
    for what, effect in _effects(evidence, group).items():
        found[f"the posterior mean of {what}"] = effect.mean()
    n_groups = slopes.shape[-1]
    if slopes.size % n_groups == 0:
        pieces = slopes.reshape(n_groups, -1)
        found[
            f"the mean of piece {group} of all draws, cut by reshape in {n_groups} pieces (the "
            "groups are the last axis: index that)"
        ] = pieces[group].mean()
    return {what: float(value) for what, value in found.items()}


def _effects(evidence: TraceEvidence, group: int) -> dict[str, Array]:
    """How far a group's slope is from what it may have been measured from."""
    slopes = _slopes(evidence)
    own, others = slopes[..., group], np.delete(slopes, group, axis=-1)
    found = {
        "its distance from the mean of the other slopes": own - others.mean(axis=-1),
        "its distance from the mean of all slopes": own - slopes.mean(axis=-1),
    }
    if "mu_slope" in evidence.draws:
        deviation = own - evidence.draws["mu_slope"].reshape(own.shape)
        found["its distance from mu_slope, the group's effect"] = deviation
        if "sigma_slope" in evidence.draws:
            sigma = evidence.draws["sigma_slope"].reshape(own.shape)
            found["its offset, in units of sigma_slope"] = deviation / sigma
    return found


def _other_intervals(
    evidence: TraceEvidence, group: int
) -> Mapping[str, tuple[float, float, float]]:
    """Intervals that may have been taken for an HDI: low, high, and the sd for their rounding."""
    draws = _slopes(evidence)[..., group].ravel()
    mean, sd = draws.mean(), draws.std()
    error = sd / np.sqrt(draws.size)
    found = {"from the smallest to the largest draw": (draws.min(), draws.max(), sd)}
    for times in (1.0, 1.88, 1.96, 2.0, 3.0):
        found[f"the mean, give or take {times:g} sd"] = (mean - times * sd, mean + times * sd, sd)
        of_mean = mean - times * error, mean + times * error, error
        found[f"the mean, give or take {times:g} standard errors"] = of_mean
    low, high = np.quantile(draws, [0.06, 0.94])
    found["from the 6 % quantile upward"] = (low, draws.max(), sd)
    found["up to the 94 % quantile"] = (draws.min(), high, sd)
    slopes = _slopes(evidence)
    index = min(group, slopes.shape[1] - 1)
    others = {
        "the HDI of all groups' draws together": slopes,
        f"the HDI of draw {index} of all groups, along another axis": slopes[:, index],
        "the HDI of the chains' averages, which scatter less than draws": slopes[..., group].mean(
            axis=0
        ),
    }
    others |= {f"the HDI of `{n}`": d for n, d in evidence.draws.items() if n != "slope"}
    others |= {f"the HDI of {what}": d for what, d in _effects(evidence, group).items()}
    for what, other in others.items():
        low, high = narrowest(other.ravel(), 0.94)
        found[what] = (low, high, other.std())
    if "noise" in evidence.draws:
        noise = np.random.default_rng(0).normal(0.0, evidence.draws["noise"].ravel())
        low, high = narrowest(draws + noise, 0.94)
        # The student's noise was another, and so are the ends, which are not sharp to begin with.
        found["the HDI of an outcome at x = 1, with its noise"] = (low, high, 10 * np.std(noise))
    return found


def _error_of_ends(evidence: TraceEvidence, sd: float) -> float:
    """Monte Carlo error of an end of an HDI, roughly.

    That of a normal distribution's 3 % quantile, ``sqrt(q (1 - q) / ess) / pdf``. An HDI's ends are
    not quantiles, but lie about as far out.
    """
    return float(sd * np.sqrt(0.03 * 0.97 / max(evidence.ess["slope"], 1.0)) / 0.068)


def _show(pair: Array) -> str:
    return f"({pair[0]:.2f}, {pair[1]:.2f})"


# --- the function --------------------------------------------------------------------------------


def judge_shrinkage(evidence: FunctionEvidence, challenge: Challenge, name: str) -> Verdict:
    """Judge a function of (unpooled, partial, population), by what it gave for the challenge's.

    The share of the way is 0 for a slope that stays and 1 for one that goes all the way.
    """
    if evidence.problem:
        return wrong(
            evidence.problem,
            name=name,
            arguments="(unpooled, partial, population)",
            detail=evidence.detail,
        )
    unpooled, partial, population = challenge.slopes()
    shares = (unpooled - partial) / (unpooled - population)
    to_own_mean = (unpooled - partial) / (unpooled - partial.mean())
    found, array = evidence.scalars, evidence.array
    if found.shape != shares[1:].shape or not np.isfinite(found).all():
        return wrong("function-shape", name=name, detail="for numbers it returned none.")
    unpooled, partial, share = unpooled[1:], partial[1:], shares[1:]
    if _alike(found, share) and array.shape == shares.shape and _alike(array, shares):
        if evidence.changed:
            return partly("function-changes", name=name)
        if evidence.whole:
            return partly("share-whole-arrays")
        return right("0 for a slope that stays, 1 for one that goes all the way.")
    if _alike(found, share):
        return _only_for_numbers(evidence, shares, name)
    mistakes = {
        "share-left": 1 - share,
        "share-sign": -share,
        "share-inverse": 1 / share,
        "share-of-rest": (unpooled - partial) / (partial - population),
        "share-squared": share**2,
        "share-absolute": np.abs(share),
        "share-clipped": np.clip(share, 0.0, 1.0),
        "share-percent": 100 * share,
        "share-of-unpooled": (unpooled - partial) / unpooled,
        "share-distance": unpooled - partial,
        "share-of-distances": 1 - np.abs((partial - population) / (unpooled - population)),
        "share-of-squares": 1 - ((partial - population) / (unpooled - population)) ** 2,
        "share-absolute-way": (unpooled - partial) / np.abs(unpooled - population),
    }
    for code, values in mistakes.items():
        if _alike(found, values):
            return wrong(code)
    if _alike(np.abs(found), np.abs(unpooled - partial)):
        return wrong("share-distance")
    given = unpooled, partial, np.full_like(partial, population)
    for u, p, m in permutations(given):
        if _alike(found, (u - p) / (u - m)):
            return wrong("share-arguments", asked="(unpooled, partial, population)")
    for without in (
        unpooled - partial / unpooled - population,
        (unpooled - partial) / unpooled - population,
        unpooled - partial / (unpooled - population),
    ):
        if _alike(found, without):
            return wrong("share-parentheses")
    if _alike(found, np.ones_like(found)) and _alike(array, to_own_mean):
        return wrong("share-own-mean")
    with np.errstate(divide="ignore", invalid="ignore"):
        other = unpooled - (unpooled - partial) / found
    if _alike(other, np.full_like(other, other[0])):
        return wrong("share-two", value=told_apart(other[0], population))
    worst = int(np.abs(found - share).argmax())
    numbers = [float(v) for v in (unpooled[worst], partial[worst], population)]
    return wrong(
        "share-wrong",
        **dict(
            zip(("unpooled", "partial", "population"), map("{:.6g}".format, numbers), strict=True)
        ),
        value=told_apart(found[worst], share[worst]),
        expected=told_apart(share[worst], found[worst]),
    )


def _only_for_numbers(evidence: FunctionEvidence, share: Array, name: str) -> Verdict:
    if evidence.array.shape != share.shape:
        detail = f"for arrays of shape {share.shape} it returned shape {evidence.array.shape}."
        return wrong("function-shape", name=name, detail=detail)
    if evidence.changed:
        return wrong("share-in-place", name=name)
    if _alike(evidence.array, np.trunc(share)):
        return wrong("share-whole")
    worst = int(np.nan_to_num(np.abs(evidence.array - share), nan=np.inf).argmax())
    value, expected = evidence.array[worst], share[worst]
    return wrong(
        "share-for-arrays", value=told_apart(value, expected), expected=told_apart(expected, value)
    )


def _alike(a: Array, b: Array) -> bool:
    return bool(np.allclose(a, b, rtol=1e-6, atol=1e-9))
