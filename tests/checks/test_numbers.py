"""The judges of numbers, prior draws and functions."""

import numpy as np
import pytest

from pooling import exact
from pooling.checks import numbers
from pooling.checks.evidence import TraceEvidence
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
    verdict = numbers.judge_interval(form(own(evidence)), evidence, 7, slopes, "hdi")
    assert verdict.right


def test_a_rounded_interval_passes(evidence, slopes):
    rounded = np.round(own(evidence), 2)
    assert numbers.judge_interval(rounded, evidence, 7, slopes, "hdi").right


@pytest.mark.parametrize("prob", [0.5, 0.89, 0.95, 0.99])
def test_another_probability_is_named(evidence, slopes, prob):
    verdict = numbers.judge_interval(own(evidence, prob=prob), evidence, 7, slopes, "hdi")
    assert verdict.code == "other-prob"
    assert f"{100 * prob:.0f} %" in verdict.message


def test_an_equal_tailed_interval_is_named(evidence, slopes):
    draws = evidence.draws["slope"][..., 7]
    central = np.quantile(draws, [0.03, 0.97])
    assert numbers.judge_interval(central, evidence, 7, slopes, "hdi").code == "equal-tailed"


def test_another_groups_interval_is_named(evidence, slopes):
    verdict = numbers.judge_interval(own(evidence, group=3), evidence, 7, slopes, "hdi")
    assert verdict.code == "other-slope"
    assert "group 3" in verdict.message


@pytest.mark.parametrize("value", [None, 2.0, (2.1, 1.9), (1, 2, 3), "wide", (np.nan, 2.0)])
def test_what_is_no_interval(evidence, slopes, value):
    assert numbers.judge_interval(value, evidence, 7, slopes, "hdi").code == "not-a-number"


def test_made_up_numbers_do_not_pass(evidence, slopes):
    assert numbers.judge_interval((1.9, 2.1), evidence, 7, slopes, "hdi").share == 0
    nearly = slopes.mean[7] + 0.2 * slopes.sd[7]
    assert numbers.judge_mean(nearly, evidence, 7, slopes, "slope_7").code == "not-from-trace"


def test_the_mean_passes_and_another_groups_does_not(evidence, slopes):
    means = evidence.draws["slope"].mean(axis=(0, 1))
    assert numbers.judge_mean(means[7], evidence, 7, slopes, "slope_7").right
    assert numbers.judge_mean(np.array([means[7]]), evidence, 7, slopes, "slope_7").right
    assert numbers.judge_mean(means[2], evidence, 7, slopes, "slope_7").code == "other-slope"
    assert numbers.judge_mean("two", evidence, 7, slopes, "slope_7").code == "not-a-number"


def test_a_right_reading_of_a_run_that_is_off_is_a_rerun(evidence, slopes):
    moved = TraceEvidence(draws={"slope": evidence.draws["slope"] + 0.05}, ess={"slope": 4000.0})
    mean = moved.draws["slope"][..., 7].mean()
    verdict = numbers.judge_mean(mean, moved, 7, slopes, "slope_7")
    assert (verdict.code, verdict.share) == ("off-target", 0.5)


# --- prior draws ---


def prior(n=5000, mu=None, sigma=None, seed=0):
    rng = np.random.default_rng(seed)
    mu = rng.normal(0, 1, (n, 1)) if mu is None else mu(rng, n)
    sigma = rng.exponential(1 / 13, (n, 1)) if sigma is None else sigma(rng, n)
    return rng.normal(mu, sigma, (n, 8))


def judge_draws(draws):
    return numbers.judge_prior_draws(draws, 8, "prior_slopes")


@pytest.mark.parametrize("n", [500, 1000, 20_000])
@pytest.mark.parametrize("seed", range(10))
def test_right_draws_pass_whatever_the_seed(n, seed):
    assert judge_draws(prior(n, seed=seed)).right


def test_draws_by_chain_pass():
    assert judge_draws(prior(4000).reshape(4, 1000, 8)).right


@pytest.mark.parametrize(
    ("draws", "code"),
    [
        (prior(sigma=lambda r, n: r.exponential(13, (n, 1))), "draws-scale"),
        (prior(sigma=lambda r, n: r.exponential(1, (n, 1))), "draws-scale"),
        (prior(20_000, sigma=lambda r, n: np.abs(r.normal(0, 1 / 13, (n, 1)))), "draws-scale"),
        (prior(sigma=lambda r, n: np.full((n, 1), 1 / 13)), "draws-fixed"),
        (prior(mu=lambda r, n: np.full((n, 1), r.normal())), "draws-fixed"),
        (prior(mu=lambda r, n: r.normal(2, 0.01, (n, 1))), "draws-fixed"),
        (prior(mu=lambda r, n: r.normal(0, 20, (n, 1))), "draws-other"),
        (prior(mu=lambda r, n: r.normal(0, 1, (n, 8))), "draws-apart"),
        (np.repeat(prior()[:, :1], 8, axis=1), "draws-copied"),
        (prior()[:100], "draws-shape"),
        (prior().T, "draws-shape"),
        (prior()[:, :7], "draws-shape"),
        (None, "draws-shape"),
        ("draws", "draws-shape"),
        (np.where(prior() > 2, np.nan, prior()), "draws-shape"),
    ],
)
def test_wrong_draws_are_told_what_is_wrong(draws, code):
    assert judge_draws(draws).code == code


# --- the probability that two slopes are apart ---


def test_the_exact_probability_agrees_with_a_million_draws():
    draws = prior(1_000_000)
    share = (np.abs(draws[:, 0] - draws[:, 1]) > 0.5).mean()
    exact_share = numbers.probability_apart(0.5)
    error = np.sqrt(exact_share * (1 - exact_share) / 1e6)
    assert abs(share - exact_share) < 4 * error


def test_what_follows_from_ones_own_draws_passes():
    draws = prior(20_000)
    apart = np.abs(draws[:, [2]] - draws[:, 3:]) > 0.5
    assert numbers.judge_apart(apart[:, 0].mean(), draws, 0.5, "p_apart").right
    assert numbers.judge_apart(apart.mean(), draws, 0.5, "p_apart").right
    assert numbers.judge_apart(numbers.probability_apart(0.5), None, 0.5, "p_apart").right


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (lambda d: (d[:, 0] - d[:, 1] > 0.5).mean(), "one-sided"),
        (lambda d: (np.abs(d[:, 0] - d[:, 1]) <= 0.5).mean(), "not-apart"),
        (lambda d: (np.abs(d[:, 0]) > 0.5).mean(), "prior-not-used"),
        (lambda d: (np.ptp(d, axis=1) > 0.5).mean(), "prior-not-used"),
        (lambda d: 100 * (np.abs(d[:, 0] - d[:, 1]) > 0.5).mean(), "percent"),
        (lambda d: -0.1, "percent"),
        (lambda d: d[:, 0] > 0.5, "not-a-number"),
        (lambda d: 0.0, "prior-not-used"),
    ],
)
def test_wrong_probabilities(value, code):
    draws = prior(20_000)
    assert numbers.judge_apart(value(draws), draws, 0.5, "p_apart").code == code


# --- functions ---


def judge_share(function):
    return numbers.judge_shrinkage(function, np.random.default_rng(0), "shrinkage")


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


def not_written(u, p, m):
    raise NotImplementedError


@pytest.mark.parametrize(
    ("function", "code"),
    [
        (lambda u, p, m: (p - m) / (u - m), "share-left"),
        (lambda u, p, m: (p - u) / (u - m), "share-sign"),
        (lambda u, p, m: (u - m) / (u - p), "share-inverse"),
        (lambda u, p, m: abs(u - p) / abs(u - m), "share-absolute"),
        (lambda u, p, m: u - p, "share-distance"),
        (lambda u, p, m: abs(u - p), "share-distance"),
        (lambda u, p, m: (u - p) / u, "share-wrong"),
        (lambda u, p, m: None, "function-shape"),
        (lambda u, p, m: np.mean((u - p) / (u - m)), "function-shape"),
        (lambda u, p: u - p, "function-raised"),
        (not_written, "not-written"),
        (0.9, "not-a-function"),
    ],
)
def test_wrong_functions(function, code):
    assert judge_share(function).code == code
