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
from pooling.checks.verdict.cells import course_rows
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
