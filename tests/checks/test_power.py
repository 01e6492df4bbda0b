"""What was recorded of the judge's power is of the models that the tests have today."""

import csv
import math

import pytest
import variants

from pooling.checks.challenge import Challenge
from pooling.checks.density import HIERARCHICAL
from pooling.checks.evidence import build, measure_model
from pooling.checks.verdict.course import course_rows
from pooling.checks.verdict.models import AGREEMENT, disagreement
from pooling.measured import path

RECORDED = path("power")


def lines() -> list[dict[str, str]]:
    with RECORDED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_line_is_of_a_model_that_is_there_with_its_code():
    known = {("wrong", name): code for name, (_, code) in variants.WRONG_HIERARCHICAL.items()}
    known |= {("wrong", name): code for name, (_, code) in variants.WRONG_ROBUST.items()}
    for builder in (*variants.RIGHT_HIERARCHICAL, *variants.RIGHT_ROBUST):
        known["right", builder.__name__.replace("_", " ")] = "right"
    found = {(line["kind"], line["model"]): line["code"] for line in lines()}
    assert len(found) > 60
    assert found.items() <= known.items(), "run benchmarks/power.py again"


def test_the_threshold_lies_between_right_and_wrong():
    found = {kind: [] for kind in ("right", "wrong")}
    for line in lines():
        if line["departure"]:
            found[line["kind"]].append(float(line["departure"]))
    assert 10 * max(found["right"]) < AGREEMENT < min(found["wrong"]) / 5


@pytest.mark.parametrize("name", ["half-normal", "rolled groups", "rates exchanged", "intercept"])
def test_the_least_departure_is_what_one_check_finds_or_less(name):
    [line] = [line for line in lines() if line["model"] == name]
    found = measured(variants.WRONG_HIERARCHICAL[name][0])
    if line["departure"]:
        assert found >= 0.99 * float(line["departure"]) > AGREEMENT  # three digits are recorded
    else:
        assert math.isnan(found)


def test_a_right_form_disagrees_by_rounding_only():
    assert 0 <= measured(variants.non_centered) < 0.1 * AGREEMENT


def measured(builder) -> float:
    rows, challenge = course_rows()[0], Challenge(0)
    model = build(builder, rows.groups.copy(), rows.x.copy(), rows.y.copy())
    evidence = measure_model(model, HIERARCHICAL.parameters, challenge)
    return AGREEMENT * disagreement(evidence, HIERARCHICAL, rows)
