"""The judge of how the outlier's slope answers to the prior of sigma_slope."""

import numpy as np
import pytest

from pooling import exact
from pooling.checks.evidence import measure_value
from pooling.checks.verdict.cells import RATES
from pooling.checks.verdict.course import course_rows
from pooling.checks.verdict.sensitivity import judge_sensitivity
from pooling.data import load_groups

ROWS, BAD = course_rows()


def posterior(rate):
    return exact.hierarchical(ROWS.groups, ROWS.x, ROWS.y, sigma_slope=exact.exponential(rate))


POSTERIORS = {rate: posterior(rate) for rate in RATES}
MEANS = {rate: float(p["slope"].mean[BAD]) for rate, p in POSTERIORS.items()}
SDS = {rate: float(p["slope"].sd[BAD]) for rate, p in POSTERIORS.items()}


ALONE = float(exact.unpooled(ROWS.groups, ROWS.x, ROWS.y)["slope"].mean[BAD])


PRIORS = {rate: exact.exponential(rate) for rate in RATES}


def other_mean(prior, name="course", **others):
    data = load_groups(name)
    found = exact.hierarchical(data.groups, data.x, data.y, sigma_slope=prior, **others)
    return float(found["slope"].mean[BAD])


def of_the_variance(rate):
    """Density of a scale whose square is exponential."""
    return lambda s: np.log(2 * rate * s) - rate * s**2


def judge(value):
    return judge_sensitivity(measure_value(value), RATES, ROWS, BAD, "slope_7_by_rate")


@pytest.mark.parametrize(
    "form",
    [
        dict,
        lambda means: {np.int64(k): np.float64(v) for k, v in means.items()},
        lambda means: {k: round(v, 2) for k, v in reversed(means.items())},
        lambda means: {float(k): np.array([v]).reshape(()) for k, v in means.items()},
    ],
)
def test_the_exact_means_pass_in_any_form(form):
    assert judge(form(MEANS)).right


def test_means_that_are_equal_when_rounded_pass():
    assert judge({1: 9.7, 5: 5.2, 13: 2.0, 50: 2.0}).right
    assert judge({1: 10, 5: 5, 13: 2, 50: 2}).code == "sensitivity-same"
    assert judge({1: 9.7, 5: 5.2, 13: MEANS[13], 50: MEANS[13]}).code == "sensitivity-same"


def test_what_honest_runs_give_passes():
    # The spread of the means of 20 honest runs each, 4 x 2000 with target_accept=0.99.
    rng = np.random.default_rng(0)
    errors = {1: 0.03, 5: 0.65, 13: 0.01, 50: 0.003}
    shares = [judge({r: MEANS[r] + e * rng.normal() for r, e in errors.items()}) for _ in range(50)]
    assert sum(v.right for v in shares) >= 49
    assert all(v.share > 0 for v in shares)


@pytest.mark.parametrize(
    ("value", "code", "share"),
    [
        (dict.fromkeys(RATES, MEANS[13]), "sensitivity-same", 0),
        ({**MEANS, 50: MEANS[13]}, "sensitivity-same", 0),
        ({r: MEANS[13] + 0.01 * i for i, r in enumerate(RATES)}, "sensitivity-unmoved", 0),
        ({r: 11.1 + 0.01 * i for i, r in enumerate(RATES)}, "sensitivity-unmoved", 0),
        ({r: MEANS[13] + 0.001 * i for i, r in enumerate(RATES)}, "sensitivity-one-rate", 0),
        (
            {r: float(p["slope"].mean[3]) for r, p in POSTERIORS.items()},
            "sensitivity-other-group",
            0,
        ),
        (dict(zip(RATES, reversed(MEANS.values()), strict=True)), "sensitivity-reversed", 0),
        (
            {r: float(posterior(1 / r)["slope"].mean[BAD]) for r in RATES},
            "sensitivity-scale",
            0,
        ),
        (
            {r: float(p["slope"].quantile(0.5)[BAD]) for r, p in POSTERIORS.items()},
            "sensitivity-median",
            0.5,
        ),
        (
            {r: float(p.slopes_given_sigma([1 / r])[0][0, BAD]) for r, p in POSTERIORS.items()},
            "sensitivity-fixed",
            0,
        ),
        (
            {r: float(p["sigma_slope"].mean) for r, p in POSTERIORS.items()},
            "sensitivity-sigma",
            0,
        ),
        (
            {r: float(p["mu_slope"].mean) for r, p in POSTERIORS.items()},
            "sensitivity-mu",
            0,
        ),
        (
            {r: float(p["slope"].mean.mean()) for r, p in POSTERIORS.items()},
            "sensitivity-all-groups",
            0,
        ),
        (SDS, "sensitivity-sd", 0),
        ({r: m - ALONE for r, m in MEANS.items()}, "sensitivity-moved", 0),
        ({r: ALONE - m for r, m in MEANS.items()}, "sensitivity-moved", 0),
        ({r: other_mean(exact.half_normal(1 / r)) for r in RATES}, "sensitivity-half-normal", 0),
        (
            {r: other_mean(exact.exponential(r), "stubborn") for r in RATES},
            "sensitivity-data",
            0,
        ),
        ({**MEANS, 5: (2 * MEANS[1] + MEANS[13]) / 3}, "sensitivity-interpolated", 0),
        ({r: other_mean(exact.half_cauchy(1 / r)) for r in RATES}, "sensitivity-prior", 0),
        ({r: other_mean(of_the_variance(r)) for r in RATES}, "sensitivity-prior", 0),
        ({r: other_mean(p, noise=p) for r, p in PRIORS.items()}, "sensitivity-noise", 0),
        ({str(r): m for r, m in MEANS.items()}, "sensitivity-textual", 0.5),
        ({**MEANS, 13: 5.0}, "sensitivity-other", 0),
        ({**MEANS, 1: MEANS[1] - 1.6 * SDS[1]}, "sensitivity-rerun", 0.5),
        ({**MEANS, 5: 2.05}, "sensitivity-rerun", 0.5),
        ({13: 2.0}, "sensitivity-keys", 0),
        ([9.7, 5.2, 2.0, 1.96], "sensitivity-keys", 0),
        ({**MEANS, 13: np.nan}, "sensitivity-keys", 0),
        ({r: "two" for r in RATES}, "sensitivity-keys", 0),
        (None, "sensitivity-keys", 0),
    ],
)
def test_wrong_answers(value, code, share):
    verdict = judge(value)
    assert (verdict.code, verdict.share) == (code, share), verdict
