"""The judge of the probability that two slopes are far apart."""

import numpy as np
import pytest
from prior_draws import prior
from scipy import stats

from pooling.checks.evidence import measure_value
from pooling.checks.records import ValueEvidence
from pooling.checks.verdict import apart


def test_the_exact_probability_agrees_with_a_million_draws():
    draws = prior(1_000_000)
    share = (np.abs(draws[:, 0] - draws[:, 1]) > 0.5).mean()
    exact_share = apart.probability_apart(0.5)
    error = np.sqrt(exact_share * (1 - exact_share) / 1e6)
    assert abs(share - exact_share) < 4 * error


def judge_apart(value, draws):
    given = ValueEvidence() if draws is None else measure_value(draws)
    return apart.judge_apart(measure_value(value), given, 0.5, 8, "p_apart")


def test_a_probability_that_may_be_one_of_two_is_called_so():
    found = apart.judge_apart(
        measure_value(0.0013), measure_value(prior(20_000)), 0.5, 8, "p_apart"
    )
    assert found.code == "apart-other"
    assert "that sigma_slope exceeds it" in found.message
    assert ", or that of a normal difference" in found.message


def test_of_copies_it_is_not_said_that_something_was_rounded():
    copies = np.repeat(prior()[:, :1], 8, axis=1)
    assert judge_apart(0.0, copies).code == "prior-not-used"


def test_what_follows_from_ones_own_draws_passes():
    draws = prior(20_000)
    far = np.abs(draws[:, [2]] - draws[:, 3:]) > 0.5
    assert judge_apart(far[:, 0].mean(), draws).right
    assert judge_apart(far.mean(), draws).right
    assert judge_apart(apart.probability_apart(0.5), None).right


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (lambda d: (d[:, 0] - d[:, 1] > 0.5).mean(), "one-sided"),
        (lambda d: (np.abs(d[:, 0] - d[:, 1]) <= 0.5).mean(), "not-apart"),
        (lambda d: (np.abs(d[:, 0]) > 0.5).mean(), "apart-other"),
        (lambda d: (np.abs(d[:, :, None] - d[:, None, :]) > 0.5).mean(), "apart-other"),
        (lambda d: 2 * (np.abs(d[:, 0] - d[:, 1]) > 0.5).mean(), "apart-other"),
        (lambda d: (np.ptp(d, axis=1) > 0.5).mean(), "apart-other"),
        (lambda d: (np.abs(np.diff(d, axis=1)) > 0.5).any(axis=1).mean(), "apart-other"),
        (lambda d: (np.abs(d[:, 0]) - np.abs(d[:, 1]) > 0.5).mean(), "apart-other"),
        (lambda d: (np.abs(d - d.mean(axis=1)[:, None]) > 0.5).mean(), "apart-other"),
        (lambda d: (np.abs(d[:, 0] - d[:, 1]) > 0.05).mean(), "apart-other"),
        (lambda d: (np.abs(d[1:, 0] - d[:-1, 0]) > 0.5).mean(), "apart-other"),
        (lambda d: ((d[:, 0] - d[:, 1]) ** 2 > 0.5).mean(), "apart-other"),
        (lambda d: np.abs(d[:, 0] - d[:, 1]).mean(), "apart-other"),
        (lambda d: np.exp(-6.5), "apart-other"),
        (lambda d: 2 * stats.norm.sf(0.5 * 13 / np.sqrt(2)), "apart-other"),
        (lambda d: 100 * (np.abs(d[:, 0] - d[:, 1]) > 0.5).mean(), "percent"),
        (lambda d: -0.1, "percent"),
        (lambda d: d[:, 0] > 0.5, "not-a-number"),
        (lambda d: 0.0, "apart-other"),
        (lambda d: (np.abs(d[:, 0] - d[:, 1]) > 0.25).mean(), "apart-other"),
        (lambda d: (np.abs(d[:, 0] - d[:, 1]) > 0.5 * np.abs(d[:, 1])).mean(), "apart-other"),
        (lambda d: 2 * stats.norm.sf(0.5 / np.hypot(20, 20)), "apart-other"),
        (lambda d: np.var(d[:, 0] - d[:, 1]) / 0.25, "apart-other"),
        (lambda d: 0.7, "prior-not-used"),
    ],
)
def test_wrong_probabilities(value, code):
    draws = prior(20_000)
    assert judge_apart(value(draws), draws).code == code
