"""The judges of numbers that are read off a trace, and of the function."""

import numpy as np
import pytest
from scipy import stats

from pooling import exact
from pooling.checks.challenge import Challenge
from pooling.checks.evidence import measure_function, measure_value
from pooling.checks.records import TraceEvidence
from pooling.checks.verdict import numbers
from pooling.data import load_groups

DATA = load_groups()


@pytest.fixture(scope="module")
def slopes():
    return exact.hierarchical(DATA.groups, DATA.x, DATA.y)["slope"]


@pytest.fixture(scope="module")
def evidence():
    draws = exact.hierarchical(DATA.groups, DATA.x, DATA.y).draws(1000, 4, seed=1)
    return TraceEvidence(
        draws={"slope": np.asarray(draws["posterior/slope"])}, ess={"slope": 4000.0}
    )


def judge_interval(value, evidence, slopes):
    return numbers.judge_interval(measure_value(value), evidence, 7, slopes, "hdi")


def judge_mean(value, evidence, slopes):
    return numbers.judge_mean(measure_value(value), evidence, 7, slopes, "slope_7")


def own(evidence, group=7, prob=0.94):
    return numbers.narrowest(evidence.draws["slope"][..., group].ravel(), prob)


# --- intervals and means ---


def test_the_narrowest_interval_is_narrowest():
    draws = np.random.default_rng(0).exponential(1.0, 4001)
    low, high = numbers.narrowest(draws, 0.9)
    ordered = np.sort(draws)
    widths = [ordered[i + 3600] - ordered[i] for i in range(401)]
    assert high - low == pytest.approx(min(widths))
    assert ((draws >= low) & (draws <= high)).mean() == pytest.approx(0.9, abs=0.001)


@pytest.mark.parametrize("form", [tuple, list, np.array, lambda v: v.reshape(1, 2)])
def test_an_interval_passes_in_any_form(evidence, slopes, form):
    verdict = judge_interval(form(own(evidence)), evidence, slopes)
    assert verdict.right


def test_a_rounded_interval_passes(evidence, slopes):
    rounded = np.round(own(evidence), 2)
    assert judge_interval(rounded, evidence, slopes).right


@pytest.mark.parametrize("prob", [0.5, 0.89, 0.95, 0.99])
def test_another_probability_is_named(evidence, slopes, prob):
    verdict = judge_interval(own(evidence, prob=prob), evidence, slopes)
    assert verdict.code == "other-prob"
    assert f"{100 * prob:.0f} %" in verdict.message


def test_an_equal_tailed_interval_is_named(evidence, slopes):
    draws = evidence.draws["slope"][..., 7]
    central = np.quantile(draws, [0.03, 0.97])
    assert judge_interval(central, evidence, slopes).code == "equal-tailed"


def test_an_equal_tailed_interval_is_told_from_the_hdi_of_symmetric_draws(slopes):
    sd = slopes.sd[7]
    z = stats.norm.ppf(np.linspace(0.0005, 0.9995, 4000))
    held = slopes.mean[7] + sd * (z + 0.002 * z**2)
    shuffled = np.random.default_rng(0).permutation(held).astype(float)
    draws = np.repeat(shuffled.reshape(4, 1000, 1), 8, axis=2)
    seen = TraceEvidence(draws={"slope": draws}, ess={"slope": 4000.0})
    central, hdi = np.quantile(held, [0.03, 0.97]), own(seen)
    assert np.abs(central - hdi).max() < 0.1 * sd
    assert judge_interval(central, seen, slopes).code == "equal-tailed"
    assert judge_interval(hdi, seen, slopes).right


def test_another_groups_interval_is_named(evidence, slopes):
    verdict = judge_interval(own(evidence, group=3), evidence, slopes)
    assert verdict.code == "other-slope"
    assert "group 3" in verdict.message


def test_an_interval_from_high_to_low_is_named(evidence, slopes):
    assert judge_interval(own(evidence)[::-1], evidence, slopes).code == "interval-reversed"


def test_low_end_and_width_are_no_ends(evidence, slopes):
    low, high = own(evidence)
    assert judge_interval((low, high - low), evidence, slopes).code == "interval-width"


@pytest.mark.parametrize(
    ("interval", "what"),
    [
        (lambda d: (d.min(), d.max()), "smallest to the largest"),
        (lambda d: (d.mean() - 1.96 * d.std(), d.mean() + 1.96 * d.std()), "1.96 sd"),
        (lambda d: (d.mean() - 2 * d.std() / 63.2, d.mean() + 2 * d.std() / 63.2), "2 standard"),
        (lambda d: (np.quantile(d, 0.06), d.max()), "6 % quantile upward"),
        (lambda d: numbers.narrowest(d.mean(axis=0), 0.94), "chains' averages"),
    ],
)
def test_other_intervals_are_named(evidence, slopes, interval, what):
    verdict = judge_interval(interval(evidence.draws["slope"][..., 7]), evidence, slopes)
    assert verdict.code == "other-statistic"
    assert what in verdict.message


def test_other_statistics_than_the_mean_are_named(evidence, slopes):
    draws = evidence.draws["slope"][..., 7]
    for value, what in ((np.median(draws), "median"), (draws.std(ddof=1), "sd")):
        verdict = judge_mean(value, evidence, slopes)
        assert verdict.code == "other-statistic"
        assert what in verdict.message


def test_numbers_of_something_else_in_the_trace_are_named(evidence, slopes):
    slope = evidence.draws["slope"]
    rng = np.random.default_rng(3)
    shape = slope.shape[:2]
    draws = {"mu_slope": rng.normal(2, 0.1, shape), "sigma_slope": rng.gamma(3, 0.1, shape)}
    seen = TraceEvidence(
        draws={**evidence.draws, **draws, "noise": rng.normal(0.5, 0.03, shape)},
        ess={"slope": 4000.0},
    )
    effect = slope[..., 7] - draws["mu_slope"]
    others = np.delete(slope, 7, axis=-1).mean(axis=-1)
    outcome = rng.normal(slope[..., 7], seen.draws["noise"])
    for values, what in (
        (effect, "from mu_slope"),
        (effect / draws["sigma_slope"], "units of sigma_slope"),
        (slope[..., 7] - others, "other slopes"),
        (slope[:, 7], "draw 7 of all groups"),
    ):
        verdict = judge_mean(values.mean(), seen, slopes)
        assert verdict.code == "other-statistic"
        assert what in verdict.message
        verdict = judge_interval(numbers.narrowest(values.ravel(), 0.94), seen, slopes)
        assert verdict.code == "other-statistic"
        assert what in verdict.message
    verdict = judge_interval(numbers.narrowest(outcome.ravel(), 0.94), seen, slopes)
    assert "an outcome at x = 1" in verdict.message
    verdict = judge_mean(slope.reshape(8, -1)[7].mean(), seen, slopes)
    assert "reshape" in verdict.message


def test_slopes_may_stand_in_a_column(evidence, slopes):
    column = TraceEvidence(
        draws={"slope": evidence.draws["slope"][..., None]}, ess={"slope": 4000.0}
    )
    assert judge_interval(own(evidence), column, slopes).right
    assert judge_interval((1.0, 1.5), column, slopes).code == "not-from-trace"
    assert judge_mean(1.2, column, slopes).code == "not-from-trace"


def test_center_and_half_width_are_no_ends(evidence, slopes):
    low, high = own(evidence)
    for pair in (
        ((low + high) / 2, (high - low) / 2),
        slopes.hdi(0.94)[7] @ [[0.5, -0.5], [0.5, 0.5]],
    ):
        assert judge_interval(pair, evidence, slopes).code == "interval-center"


def test_the_exact_interval_passes_off_a_grid(evidence, slopes):
    pair = slopes.hdi(0.94)[7]
    assert judge_interval(pair + np.array([0.008, -0.008]) * slopes.sd[7], evidence, slopes).right
    draws = evidence.draws["slope"][..., 7]
    ends = draws.mean() + draws.std() * np.array([-1.88, 1.88])
    assert judge_interval(ends, evidence, slopes).code == "other-statistic"


@pytest.mark.parametrize("value", [None, 2.0, (2.1, 1.9), (1, 2, 3), "wide", (np.nan, 2.0)])
def test_what_is_no_interval(evidence, slopes, value):
    assert judge_interval(value, evidence, slopes).code == "not-a-number"


def test_made_up_numbers_do_not_pass(evidence, slopes):
    assert judge_interval((1.9, 2.1), evidence, slopes).share == 0
    nearly = slopes.mean[7] + 0.2 * slopes.sd[7]
    assert judge_mean(nearly, evidence, slopes).code == "not-from-trace"


def test_the_exact_numbers_pass_beside_any_run(evidence, slopes):
    moved = TraceEvidence(draws={"slope": evidence.draws["slope"] + 0.01}, ess={"slope": 4000.0})
    assert judge_interval(slopes.hdi(0.94)[7], moved, slopes).right
    assert judge_mean(slopes.mean[7], moved, slopes).right


def test_numbers_of_another_run_keep_half(evidence, slopes):
    again = exact.hierarchical(DATA.groups, DATA.x, DATA.y).draws(1000, 4, seed=9)
    other = TraceEvidence(draws={"slope": np.asarray(again["posterior/slope"])})
    interval, mean = own(other), other.draws["slope"][..., 7].mean()
    seen = TraceEvidence(draws={"slope": evidence.draws["slope"] + 0.02}, ess={"slope": 4000.0})
    for verdict in (judge_interval(interval, seen, slopes), judge_mean(mean, seen, slopes)):
        assert (verdict.code, verdict.share) == ("not-from-trace", 0.5)


def test_the_mean_passes_and_another_groups_does_not(evidence, slopes):
    means = evidence.draws["slope"].mean(axis=(0, 1))
    assert judge_mean(means[7], evidence, slopes).right
    assert judge_mean(np.array([means[7]]), evidence, slopes).right
    assert judge_mean(means[2], evidence, slopes).code == "other-slope"
    assert judge_mean("two", evidence, slopes).code == "not-a-number"


def test_a_right_reading_of_a_run_that_is_off_is_a_rerun(evidence, slopes):
    moved = TraceEvidence(draws={"slope": evidence.draws["slope"] + 0.05}, ess={"slope": 4000.0})
    mean = moved.draws["slope"][..., 7].mean()
    verdict = judge_mean(mean, moved, slopes)
    assert (verdict.code, verdict.share) == ("off-target", 0.5)


# --- the function ---


def judge_share(function):
    challenge = Challenge(0)
    return numbers.judge_shrinkage(measure_function(function, challenge), challenge, "shrinkage")


@pytest.mark.parametrize(
    "function",
    [
        lambda u, p, m: (u - p) / (u - m),
        lambda u, p, m: 1 - (p - m) / (u - m),
        lambda u, p, m: float((u - p) / (u - m)) if np.isscalar(u) else (p - u) / (m - u),
    ],
)
def test_right_functions(function):
    assert judge_share(function).right


def test_a_function_that_refuses_whole_numbers_is_right():
    def picky(unpooled, partial, population):
        share = np.zeros_like(unpooled)
        return np.divide(unpooled - partial, unpooled - population, out=share)

    assert judge_share(picky).right


def test_a_function_that_cuts_whole_numbers_earns_half():
    def cutting(unpooled, partial, population):
        share = np.zeros_like(unpooled)
        share[...] = (np.asarray(unpooled) - partial) / (np.asarray(unpooled) - population)
        return share

    verdict = judge_share(cutting)
    assert (verdict.share, verdict.code) == (0.5, "share-whole-arrays")


def not_written(u, p, m):
    raise NotImplementedError


def test_a_function_that_changes_its_arguments_earns_half():
    def careless(unpooled, partial, population):
        gone = unpooled - partial
        unpooled -= population
        return gone / unpooled

    verdict = judge_share(careless)
    assert (verdict.share, verdict.code) == (0.5, "function-changes")


def in_place(unpooled, partial, population):
    way = unpooled
    way -= population
    return (unpooled - partial) / way


def test_a_small_error_is_told_apart_from_the_right_share():
    message = judge_share(lambda u, p, m: (u - p) / (u - m) * 1.0001).message
    value, expected = message.split("function gives ")[1].split("; the share of the way is ")
    assert value != expected.rstrip(".")


@pytest.mark.parametrize(
    ("function", "code"),
    [
        (lambda u, p, m: (p - m) / (u - m), "share-left"),
        (lambda u, p, m: (p - u) / (u - m), "share-sign"),
        (lambda u, p, m: (u - m) / (u - p), "share-inverse"),
        (lambda u, p, m: abs(u - p) / abs(u - m), "share-absolute"),
        (lambda u, p, m: (u - p) / abs(u - m), "share-absolute-way"),
        (lambda u, p, m: 1 - abs(p - m) / abs(u - m), "share-of-distances"),
        (lambda u, p, m: 1 - ((p - m) / (u - m)) ** 2, "share-of-squares"),
        (lambda u, p, m: (u - p) / (u - np.mean(p)), "share-own-mean"),
        (lambda u, p, m: np.ones_like(u), "share-wrong"),
        (lambda u, p, m: u - p, "share-distance"),
        (lambda u, p, m: abs(u - p), "share-distance"),
        (lambda u, p, m: (u - p) / u, "share-of-unpooled"),
        (lambda u, p, m: np.clip((u - p) / (u - m), 0, 1), "share-clipped"),
        (lambda u, p, m: 100 * (u - p) / (u - m), "share-percent"),
        (lambda u, p, m: (u - p) / (u - m) ** 2, "share-wrong"),
        (lambda u, p, m: (u - p) / (p - m), "share-of-rest"),
        (lambda u, p, m: (u - p) / (u - 2), "share-two"),
        (lambda u, p, m: ((u - p) / (u - m)) ** 2, "share-squared"),
        (lambda u, p, m: (u - p) / (u - 1.93), "share-two"),
        (lambda p, u, m: (u - p) / (u - m), "share-arguments"),
        (lambda p, m, u: (u - p) / (u - m), "share-arguments"),
        (lambda u, p, m: u - p / u - m, "share-parentheses"),
        (lambda u, p, m: (u - p) / u - m, "share-parentheses"),
        (np.vectorize(lambda u, p, m: 0 if u == p else (u - p) / (u - m)), "share-whole"),
        (in_place, "share-in-place"),
        (lambda u, p, m: (u - p) / (u - m) + 0.1 * (np.size(u) > 1), "share-for-arrays"),
        (lambda u, p, m: None, "function-returns-nothing"),
        (lambda u, p, m: "half", "function-shape"),
        (lambda u, p, m: np.mean((u - p) / (u - m)), "function-shape"),
        (lambda u, p: u - p, "function-raised"),
        (not_written, "not-written"),
        (0.9, "not-a-function"),
    ],
)
def test_wrong_functions(function, code):
    assert judge_share(function).code == code
