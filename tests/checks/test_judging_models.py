"""The judge of models: no right form fails, and each wrong one is told what is wrong with it."""

import numpy as np
import pymc as pm
import pytest
from pymc.distributions.transforms import Interval
from pytensor.configdefaults import config
from variants import (
    CUT_HIERARCHICAL,
    LIMITED_HIERARCHICAL,
    RIGHT_HIERARCHICAL,
    RIGHT_ROBUST,
    RIGHT_UNPOOLED,
    WRONG_HIERARCHICAL,
    WRONG_ROBUST,
    WRONG_UNPOOLED,
    centered,
    non_centered,
    tempered,
)

from pooling import models
from pooling.checks.challenge import Challenge
from pooling.checks.density import HIERARCHICAL, ROBUST, UNPOOLED
from pooling.checks.evidence import build, measure_model
from pooling.checks.verdict.course import course_rows
from pooling.checks.verdict.models import disagreement, judge_model, judge_non_centered
from pooling.data import load_groups

COURSE, FRESH = Challenge(11), Challenge(12, fresh=True)


def measure(builder, density=HIERARCHICAL, challenge=COURSE):
    rows = challenge.rows() if challenge.fresh else course_rows()[0]
    model = build(builder, rows.groups.copy(), rows.x.copy(), rows.y.copy())
    return measure_model(model, density.parameters, challenge), rows


def judge(builder, density=HIERARCHICAL, challenge=COURSE):
    evidence, rows = measure(builder, density, challenge)
    return judge_model(evidence, density, rows, challenge, "build_hierarchical")


@pytest.mark.parametrize("challenge", [COURSE, FRESH], ids=["course", "fresh"])
@pytest.mark.parametrize("builder", RIGHT_HIERARCHICAL, ids=lambda b: b.__name__)
def test_every_right_form_passes(builder, challenge):
    verdict = judge(builder, challenge=challenge)
    assert verdict.right, verdict


def test_a_likelihood_of_two_hundred_terms_passes():
    def of_rows(groups, x, y):
        with pm.Model() as model:
            slope = pm.Normal("slope", 0, 20, shape=int(groups.max()) + 1)
            noise = pm.Exponential("noise", 10)
            for i in range(y.size):
                pm.Normal(f"obs_{i}", slope[groups[i]] * x[i], noise, observed=y[i])
        return model

    assert judge(of_rows, UNPOOLED).right


@pytest.mark.parametrize("challenge", [COURSE, FRESH], ids=["course", "fresh"])
@pytest.mark.parametrize("name", WRONG_HIERARCHICAL)
def test_every_wrong_model_gets_its_own_diagnosis(name, challenge):
    builder, code = WRONG_HIERARCHICAL[name]
    verdict = judge(builder, challenge=challenge)
    assert verdict.share == 0
    assert verdict.code == code, verdict


@pytest.mark.parametrize("builder", RIGHT_ROBUST, ids=lambda b: b.__name__)
def test_every_right_robust_model_passes(builder):
    assert judge(builder, ROBUST).right, judge(builder, ROBUST)


@pytest.mark.parametrize("name", WRONG_ROBUST)
def test_every_wrong_robust_model_gets_its_own_diagnosis(name):
    builder, code = WRONG_ROBUST[name]
    verdict = judge(builder, ROBUST)
    assert (verdict.share, verdict.code) == (0, code), verdict


@pytest.mark.parametrize("challenge", [COURSE, FRESH], ids=["course", "fresh"])
@pytest.mark.parametrize("name", CUT_HIERARCHICAL)
def test_every_model_that_cannot_go_everywhere_is_refused(name, challenge):
    builder, code = CUT_HIERARCHICAL[name]
    verdict = judge(builder, challenge=challenge)
    assert (verdict.share, verdict.code) == (0, code), verdict


@pytest.mark.parametrize("challenge", [COURSE, FRESH], ids=["course", "fresh"])
@pytest.mark.parametrize("name", LIMITED_HIERARCHICAL)
def test_every_model_that_is_right_at_common_values_only_is_refused(name, challenge):
    verdict = judge(LIMITED_HIERARCHICAL[name], challenge=challenge)
    assert (verdict.share, verdict.code) == (0, "farther-out"), verdict


@pytest.mark.parametrize("challenge", [COURSE, FRESH], ids=["course", "fresh"])
@pytest.mark.parametrize("name", RIGHT_UNPOOLED)
def test_every_right_unpooled_model_passes(name, challenge):
    verdict = judge(RIGHT_UNPOOLED[name], UNPOOLED, challenge=challenge)
    assert verdict.right, verdict


@pytest.mark.parametrize("challenge", [COURSE, FRESH], ids=["course", "fresh"])
@pytest.mark.parametrize("name", WRONG_UNPOOLED)
def test_every_wrong_unpooled_model_gets_its_own_diagnosis(name, challenge):
    builder, code = WRONG_UNPOOLED[name]
    verdict = judge(builder, UNPOOLED, challenge=challenge)
    assert (verdict.share, verdict.code) == (0, code), verdict


def test_arguments_in_the_order_of_normal_are_told_the_right_order():
    def build(groups, x, y):
        with pm.Model() as model:
            slope = pm.Normal("slope", 0, 1, shape=int(groups.max()) + 1)
            pm.StudentT("obs", slope[groups] * x, pm.Exponential("noise", 10), 4, observed=y)
        return model

    verdict = judge(build, ROBUST)
    assert verdict.code == "student-arguments"
    assert "nu=4, mu=..." in verdict.message


def test_degrees_of_freedom_that_are_kept_from_small_values():
    def build(groups, x, y):
        with pm.Model() as model:
            mu, sigma = pm.Normal("mu_slope", 0, 1), pm.Exponential("sigma_slope", 13)
            slope = pm.Normal("slope", mu, sigma, shape=int(groups.max()) + 1)
            nu = pm.Gamma("df", 2, 0.1, default_transform=Interval(2, None))
            noise = pm.Exponential("noise", 10)
            pm.StudentT("obs", nu=nu, mu=slope[groups] * x, sigma=noise, observed=y)
        return model

    verdict = judge(build, ROBUST)
    assert verdict.code == "support"
    assert "`df` never goes below 2" in verdict.message


def test_a_model_whose_names_have_a_prefix_is_told_so():
    def build(groups, x, y):
        with pm.Model(name="prior") as model:
            slope = pm.Normal("slope", 0, 20, shape=int(groups.max()) + 1)
            pm.Normal("obs", slope[groups] * x, pm.Exponential("noise", 10), observed=y)
        return model

    verdict = judge(build, UNPOOLED)
    assert verdict.code == "names-prefixed"
    assert "`prior::slope`" in verdict.message


def test_a_cut_far_out_is_let_be():
    def far(groups, x, y):
        with pm.Model() as model:
            mu = pm.TruncatedNormal("mu_slope", 0, 1, lower=-20, upper=20)
            slope = pm.Normal("slope", mu, pm.Exponential("sigma_slope", 13), shape=8)
            pm.Normal("obs", slope[groups] * x, pm.Exponential("noise", 10), observed=y)
        return model

    assert judge(far).right


def test_the_librarys_own_models():
    assert judge(models.build_unpooled, UNPOOLED).right
    assert judge(models.build_hierarchical).right
    assert judge(models.build_non_centered).right
    assert judge(models.build_robust, ROBUST).right
    assert judge(models.build_robust).code == "obs:student-t"
    assert judge(models.build_hierarchical, ROBUST).code == "obs:normal-kept"
    assert judge(models.build_pooled).code == "one-slope"
    assert judge(models.build_unpooled).code == "no-hyperpriors"


@pytest.mark.parametrize("seed", range(5))
def test_the_verdict_does_not_hang_on_the_random_points(seed):
    assert judge(models.build_non_centered, challenge=Challenge(seed)).right
    builder, code = WRONG_HIERARCHICAL["half-normal"]
    assert judge(builder, challenge=Challenge(seed)).code == code


def test_evidence_of_another_challenge_is_refused():
    evidence, rows = measure(centered)
    assert judge_model(evidence, HIERARCHICAL, rows, COURSE, "b").right
    assert judge_model(evidence, HIERARCHICAL, rows, Challenge(5), "b").code == "other-challenge"


def test_agreement_is_inside_the_threshold_and_disagreement_far_outside():
    def gap(builder):
        evidence, rows = measure(builder)
        return disagreement(evidence, HIERARCHICAL, rows)

    assert max(gap(b) for b in RIGHT_HIERARCHICAL) < 0.5
    wrong = [b for b, code in WRONG_HIERARCHICAL.values() if code.startswith(("scale", "mu_slope"))]
    assert min(gap(b) for b in wrong) > 100


# --- what is free for the student ---


def test_variables_on_which_nothing_depends_change_nothing():
    def with_predictions(groups, x, y):
        model = centered(groups, x, y)
        with model:
            ninth = pm.Normal("ninth", model["mu_slope"], model["sigma_slope"])
            pm.Normal("y_new", ninth * 2.0, model["noise"])
        return model

    assert judge(with_predictions).right
    assert measure(with_predictions)[0].idle == ["y_new", "ninth"] or set(
        measure(with_predictions)[0].idle
    ) == {"ninth", "y_new"}


@pytest.mark.parametrize("column", ["x", "y"])
def test_data_in_single_precision_are_not_wrong(column):
    def single(groups, x, y):
        x, y = (v.astype("float32") if name == column else v for name, v in (("x", x), ("y", y)))
        return centered(groups, x, y)

    assert judge(single).right


def test_a_model_in_single_precision_is_told_so():
    with config.change_flags(floatX="float32"):
        verdict = judge(centered)
    assert verdict.code == "single-precision"
    assert "mu_slope, sigma_slope, slope, noise" in verdict.message


@pytest.mark.parametrize("kind", ["int8", "int32", "uint8", "float64"])
def test_group_numbers_of_any_type(kind):
    def typed(groups, x, y):
        return centered(groups.astype(kind).astype(int), x, y)

    assert judge(typed).right


def test_a_small_change_of_a_prior_is_seen():
    def nearly(groups, x, y):
        with pm.Model() as model:
            mu, sigma = pm.Normal("mu_slope", 0, 1.01), pm.Exponential("sigma_slope", 13)
            slope = pm.Normal("slope", mu, sigma, shape=int(groups.max()) + 1)
            pm.Normal("obs", slope[groups] * x, pm.Exponential("noise", 10), observed=y)
        return model

    verdict = judge(nearly)
    assert verdict.code == "mu_slope:sd"
    assert "Normal(0, 1.01)" in verdict.message


def test_several_mistakes_are_all_named():
    def three(groups, x, y):
        with pm.Model() as model:
            mu, sigma = pm.Normal("mu_slope", 0, 5), pm.HalfNormal("sigma_slope", 1)
            slope = pm.Normal("slope", mu, sigma, shape=int(groups.max()) + 1)
            pm.Normal("obs", slope[groups] * y, pm.Exponential("noise", 10), observed=x)
        return model

    assert judge(three).code == "mu_slope:sd+scale:half-normal+obs:xy-swapped"


def _hierarchical(slope, likelihood=None, sigma=None):
    """The hierarchical model with other slopes, of (mu, sigma, k), or another likelihood."""

    def build(groups, x, y):
        with pm.Model() as model:
            mu = pm.Normal("mu_slope", 0, 1)
            spread = sigma() if sigma else pm.Exponential("sigma_slope", 13)
            slopes, noise = slope(mu, spread, int(groups.max()) + 1), pm.Exponential("noise", 10)
            (likelihood or _normal)(slopes, noise, groups, x, y)
        return model

    return build


def _normal(slopes, noise, groups, x, y):
    pm.Normal("obs", slopes[groups] * x, noise, observed=y)


def _centered(mu, sigma, k):
    return pm.Normal("slope", mu, sigma, shape=k)


def _one_apart(mu, sigma, k):
    last = np.arange(k) == k - 1
    sd = pm.math.where(last, 20.0, sigma)
    return pm.Normal("slope", pm.math.where(last, 0.0, mu), sd, shape=k)


def _correlated(mu, sigma, k):
    covariance = sigma**2 * (0.5 * np.eye(k) + 0.5)
    return pm.MvNormal("slope", mu * np.ones(k), cov=covariance)


def _by_hand(square, logarithm):
    """Slopes whose log density has these multiples of its two parts."""

    def slopes(mu, sigma, k):
        slope = pm.Flat("slope", shape=k, initval=np.zeros(k))
        squares = (((slope - mu) / sigma) ** 2).sum()
        pm.Potential("prior", square * squares + logarithm * k * pm.math.log(sigma))
        return slope

    return slopes


def _custom(mu, sigma, k):
    def logp(value, mu, sigma):
        return -(((value - mu) / sigma) ** 2) - pm.math.log(sigma)

    return pm.CustomDist("slope", mu, sigma, logp=logp, shape=k)


def _from_a_reference(mu, sigma, k):
    offsets = pm.math.concatenate([np.zeros(1), pm.Normal("z", shape=k - 1)])
    return pm.Deterministic("slope", mu + sigma * offsets)


def _by(times, more=0.0):
    def slopes(mu, sigma, k):
        return pm.Deterministic("slope", mu + (times * sigma + more) * pm.Normal("z", shape=k))

    return slopes


def _padded(slopes, noise, groups, x, y):
    beta = pm.math.concatenate([np.zeros(1), slopes])
    pm.Normal("obs", beta[groups] * x, noise, observed=y)  # pyright: ignore[reportIndexIssue]


@pytest.mark.parametrize("challenge", [COURSE, FRESH], ids=["course", "fresh"])
@pytest.mark.parametrize(
    ("builder", "code", "said"),
    [
        (_hierarchical(_one_apart), "slope:group-apart", "The slope of group"),
        (_hierarchical(_correlated), "slope:correlated", "correlated"),
        (_hierarchical(_by_hand(-0.5, 0.0)), "density-part", "yours holds 0 * log(sigma_slope)"),
        (_hierarchical(_by_hand(-1.0, -1.0)), "density-part", "yours holds -1 * sum("),
        (_hierarchical(_by_hand(-1.0, 0.0)), "density-part", "0 * log(sigma_slope) and -1 * s"),
        (_hierarchical(_custom), "density-part", "yours holds -1 * sum("),
        (_hierarchical(_from_a_reference), "slope:reference", "group 0 is mu_slope"),
        (_hierarchical(_by(1.0, 0.01)), "slope:sigma-floor", "sigma_slope + 0.01"),
        (
            _hierarchical(_by(1 / 13), sigma=lambda: pm.Exponential("sigma_slope", 1)),
            "slope:unscaled",
            "a thirteenth",
        ),
        (_hierarchical(_centered, _padded), "obs:groups", "other groups"),
        (
            _hierarchical(
                _centered,
                lambda b, s, g, x, y: pm.Normal("obs", b[g] * x + s, 1.0, observed=y),
            ),
            "obs:noise-in-mean",
            "added to the mean",
        ),
        (
            _hierarchical(
                _centered, lambda b, s, g, x, y: pm.Normal("obs", b[g] + x, s, observed=y)
            ),
            "obs:plus",
            "slope + x",
        ),
        (
            _hierarchical(
                _centered, lambda b, s, g, x, y: pm.Normal("obs", b[g] * x / 2, s, observed=y)
            ),
            "obs:mean-times",
            "0.5 times",
        ),
        (
            _hierarchical(
                _centered,
                lambda b, s, g, x, y: pm.Normal(
                    "obs", b[g] * x[:, None], s, observed=np.tile(y, (len(y), 1))
                ),
            ),
            "obs:square",
            "one-dimensional",
        ),
    ],
)
def test_what_is_told_in_the_models_own_numbers(builder, code, said, challenge):
    verdict = judge(builder, challenge=challenge)
    assert (verdict.share, verdict.code) == (0, code), verdict
    assert said in verdict.message


def test_an_unpooled_prior_that_hangs_on_the_noise():
    def build(groups, x, y):
        with pm.Model() as model:
            noise = pm.Exponential("noise", 10)
            slope = pm.Normal("slope", 0, 20 * noise, shape=int(groups.max()) + 1)
            pm.Normal("obs", slope[groups] * x, noise, observed=y)
        return model

    verdict = judge(build, density=UNPOOLED)
    assert verdict.code == "slope:depends"
    assert "Normal(0, 20)" in verdict.message


def test_a_model_that_starts_at_the_edge_of_a_support_passes():
    # PyMC starts half a Laplace at zero, which is infinitely far away on the sampler's line.
    def half():
        return pm.Truncated("sigma_slope", pm.Laplace.dist(0, 1 / 13), lower=0)

    assert judge(_hierarchical(_centered, sigma=half)).right


def test_slopes_under_another_name_are_not_taken_for_offsets():
    def build(groups, x, y):
        with pm.Model() as model:
            mu, sigma = pm.Normal("mu_slope", 0, 1), pm.Exponential("sigma_slope", 13)
            own = pm.Normal("b", mu, sigma, shape=int(groups.max()) + 1)
            slope = pm.Deterministic("slope", 1.0 * own)
            tempered(slope, pm.Exponential("noise", 10), groups, x, y)
        return model

    assert judge(build).code == "obs:times"


# --- the non-centered form ---


def _with_slopes(prior):
    """A model whose k slopes ``prior(k)`` makes, with their hyperpriors."""

    def build(groups, x, y):
        with pm.Model() as model:
            slope = prior(int(groups.max()) + 1)
            pm.Normal("obs", slope[groups] * x, pm.Exponential("noise", 10), observed=y)
        return model

    return build


def _under_another_name(k):
    sigma = pm.Exponential("s", 13)
    pm.Deterministic("sigma_slope", sigma)
    return pm.Normal("slope", pm.Normal("mu_slope", 0, 1), sigma, shape=k)


def _by_a_potential(k):
    mu, sigma = pm.Normal("mu_slope", 0, 1), pm.Exponential("sigma_slope", 13)
    slope = pm.Flat("slope", shape=k)
    pm.Potential("prior", -0.5 * ((slope - mu) / sigma) ** 2 - pm.math.log(sigma))
    return slope


def _offsets_by_a_potential(k):
    mu, sigma = pm.Normal("mu_slope", 0, 1), pm.Exponential("sigma_slope", 13)
    z = pm.Flat("z", shape=k)
    pm.Potential("prior", -(z**2) / 2)  # pyright: ignore[reportArgumentType]
    return pm.Deterministic("slope", mu + sigma * z)


centered_under_another_name = _with_slopes(_under_another_name)
centered_by_a_potential = _with_slopes(_by_a_potential)
offsets_by_a_potential = _with_slopes(_offsets_by_a_potential)


def test_the_centered_form_earns_half_where_the_other_is_asked():
    def judged(builder):
        evidence, _ = measure(builder)
        return judge_non_centered(judge(builder), evidence)

    assert judged(non_centered).right
    assert judged(models.build_non_centered).right
    assert judged(centered).share == 0.5
    assert judged(centered).code == "still-centered"
    offsets = next(b for b in RIGHT_HIERARCHICAL if b.__name__ == "offsets_with_sigma")
    assert judged(offsets).code == "still-centered"
    assert judged(centered_under_another_name).code == "still-centered"
    assert judged(centered_by_a_potential).code == "still-centered"
    assert judged(offsets_by_a_potential).right
    assert judged(WRONG_HIERARCHICAL["half-normal"][0]).code == "scale:half-normal"


def test_the_model_of_the_course_is_the_one_that_is_judged():
    data = load_groups()
    rows, bad = course_rows()
    assert rows.smallest == bad == 7
    np.testing.assert_array_equal(rows.y, data.y)
