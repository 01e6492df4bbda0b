"""The judge of models: no right form fails, and each wrong one is told what is wrong with it."""

import numpy as np
import pytest
from variants import RIGHT_HIERARCHICAL, WRONG_HIERARCHICAL

from pooling import models
from pooling.checks.density import HIERARCHICAL, UNPOOLED, Rows
from pooling.checks.evidence import build, measure_model
from pooling.checks.verdict import judge_model
from pooling.data import load_groups, simulate_groups


def judge(builder, density=HIERARCHICAL, rows=None, seed=0):
    if rows is None:
        data = load_groups()
        rows = Rows(data.groups, data.x, data.y)
    model = build(builder, rows.groups.copy(), rows.x.copy(), rows.y.copy())
    evidence = measure_model(model, tuple(density.parameters), np.random.default_rng(seed))
    return judge_model(evidence, density, rows, "build_hierarchical", "(groups, x, y)")


@pytest.mark.parametrize("builder", RIGHT_HIERARCHICAL, ids=lambda b: b.__name__)
def test_every_right_form_passes(builder):
    verdict = judge(builder)
    assert verdict.right, verdict


@pytest.mark.parametrize("name", WRONG_HIERARCHICAL)
def test_every_wrong_model_gets_its_own_diagnosis(name):
    builder, code = WRONG_HIERARCHICAL[name]
    verdict = judge(builder)
    assert verdict.share == 0
    assert verdict.code == code, verdict


@pytest.mark.parametrize("name", WRONG_HIERARCHICAL)
def test_every_wrong_model_fails_on_other_data_too(name):
    data = simulate_groups(3, sizes=(9, 4, 12, 10, 8), outlier_group=1)
    order = np.random.default_rng(1).permutation(data.groups.size)
    rows = Rows(data.groups[order], data.x[order], data.y[order])
    assert judge(WRONG_HIERARCHICAL[name][0], rows=rows).share == 0


def test_the_librarys_own_models():
    assert judge(models.build_unpooled, UNPOOLED).right
    assert judge(models.build_hierarchical).right
    assert judge(models.build_non_centered).right
    assert judge(models.build_robust).code == "obs:student-t"
    assert judge(models.build_pooled).code == "one-slope"
    assert judge(models.build_unpooled).code == "no-hyperpriors"


@pytest.mark.parametrize("seed", range(5))
def test_the_verdict_does_not_hang_on_the_random_points(seed):
    assert judge(models.build_non_centered, seed=seed).right
    builder, code = WRONG_HIERARCHICAL["half-normal"]
    assert judge(builder, seed=seed).code == code


def test_agreement_is_far_inside_the_threshold_and_disagreement_far_outside():
    # The threshold is 1e-8 of the log density's size; both sides keep their distance.
    data = load_groups()
    rows = Rows(data.groups, data.x, data.y)

    def gap(builder):
        evidence = measure_model(
            build(builder, rows.groups, rows.x, rows.y),
            tuple(HIERARCHICAL.parameters),
            np.random.default_rng(0),
        )
        theta = {k: v.reshape(len(v), -1) if k == "slope" else v for k, v in evidence.theta.items()}
        reference = HIERARCHICAL(theta, rows)
        rest = evidence.log_density - reference
        return np.abs(rest - np.median(rest)).max() / np.abs(reference).max()

    assert max(gap(b) for b in RIGHT_HIERARCHICAL) < 1e-10
    half_normal, _ = WRONG_HIERARCHICAL["half-normal"]
    assert gap(half_normal) > 1e-7
