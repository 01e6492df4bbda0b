"""Evidence goes through a file and comes back; a stranger's file cannot run anything."""

import json
import pickle

import numpy as np
import pymc as pm
import pytest

from pooling import checks, models
from pooling.checks import Challenge, Evidence
from pooling.checks.records import ModelEvidence, ValueEvidence
from pooling.data import load_groups

DATA = load_groups()


@pytest.fixture(scope="module")
def answers():
    model = models.build_non_centered(DATA.groups, DATA.x, DATA.y)
    trace = pm.sample(
        300, tune=400, chains=2, cores=1, model=model, random_seed=2, progressbar=False
    )
    return {
        "build_hierarchical": lambda groups, x, y: models.build_robust(groups, x, y),
        "hierarchical_model": model,
        "hierarchical_trace": trace,
        "slope_7": 2.0,
        "slope_7_hdi": (1.7, 2.3),
        "shrinkage": lambda u, p, m: (u - p) / (u - m),
        "slope_7_by_rate": {1: 9.7, 5: 5.2, 13: 2.0, 50: 1.9},
    }


@pytest.mark.parametrize("fresh", [False, True])
@pytest.mark.parametrize(
    "cell",
    [
        "build_hierarchical",
        "sample_hierarchical",
        "outlier_shrinks",
        "measure_shrinkage",
        "prior_sensitivity",
        "read_outlier",
    ],
)
def test_the_verdict_on_saved_evidence_is_the_same(cell, fresh, answers, tmp_path):
    challenge = Challenge.draw(fresh)
    evidence = checks.gather(cell, answers, challenge)
    evidence.save(tmp_path / "evidence.npz")
    again = Evidence.load(tmp_path / "evidence.npz")
    assert again.cell == cell
    assert checks.judge(again, challenge) == checks.judge(evidence, challenge)
    for name, record in evidence.records.items():
        for key, value in vars(record).items():
            np.testing.assert_equal(getattr(again.records[name], key), value)


def test_evidence_of_an_earlier_challenge_earns_nothing(answers):
    first, second = Challenge(1), Challenge(2)
    evidence = checks.gather("measure_shrinkage", answers, first)
    assert checks.judge(evidence, first).right
    assert checks.judge(evidence, second).code == "other-challenge"
    assert checks.judge(evidence, Challenge(1, fresh=True)).code == "other-challenge"
    # Not even if it claims to be of the new one: the points, or the numbers, are not.
    claimed = Evidence(evidence.cell, 2, False, evidence.records)
    assert checks.judge(claimed, second).share == 0
    model = checks.gather("build_hierarchical", {"build_hierarchical": _right}, first)
    assert checks.judge(model, first).right
    claimed = Evidence(model.cell, 2, False, model.records)
    assert checks.judge(claimed, second).code == "other-challenge"


def _right(groups, x, y):
    return models.build_hierarchical(groups, x, y)


def test_a_file_of_another_version_is_refused(tmp_path):
    path = tmp_path / "evidence.npz"
    Evidence("draw_slopes", 1, records={"prior_slopes": ValueEvidence()}).save(path)
    with np.load(path) as file:
        skeleton = json.loads(str(file["skeleton"]))
    np.savez(path, skeleton=np.array(json.dumps({**skeleton, "version": 0})))
    with pytest.raises(ValueError, match="version 0"):
        Evidence.load(path)


def _pickled(path):
    np.savez(path, skeleton=np.array([{"a": 1}], dtype=object))


def _no_archive(path):
    path.write_bytes(pickle.dumps({"cell": "x"}))


def _other_record(path):
    np.savez(path, skeleton=np.array(json.dumps({"$record": "ModelEvidence", "version": 1})))


def _unknown_record(path):
    np.savez(path, skeleton=np.array(json.dumps({"$record": "Popen", "version": 1})))


def _wrong_type(path):
    skeleton = {"$record": "Evidence", "version": 1, "cell": ["a"], "seed": 1}
    np.savez(path, skeleton=np.array(json.dumps(skeleton)))


def _truncated(path):
    Evidence("draw_slopes", 1).save(path)
    path.write_bytes(path.read_bytes()[:40])


@pytest.mark.parametrize(
    "write", [_pickled, _no_archive, _other_record, _unknown_record, _wrong_type, _truncated]
)
def test_a_file_that_holds_no_evidence_is_a_clear_error(write, tmp_path):
    path = tmp_path / "evidence.npz"
    write(path)
    with pytest.raises(ValueError, match=r"evidence\.npz holds no evidence"):
        Evidence.load(path)


def test_evidence_that_lacks_its_record_is_an_error():
    with pytest.raises(ValueError, match="draw_slopes"):
        checks.judge(Evidence("draw_slopes", 1), Challenge(1))
    with pytest.raises(ValueError, match="expected one of"):
        checks.judge(Evidence("no_such_cell", 1), Challenge(1))
    with pytest.raises(ValueError, match="expected one of"):
        checks.gather("no_such_cell", {}, Challenge(1))


def test_a_record_of_the_wrong_kind_is_an_error():
    evidence = Evidence("draw_slopes", 1, records={"prior_slopes": ModelEvidence()})
    with pytest.raises(ValueError, match="ValueEvidence"):
        checks.judge(evidence, Challenge(1))
