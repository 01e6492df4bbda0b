"""The count of honest runs: the judge's own gates, at lines whose verdict is plain."""

import ast
import json
from dataclasses import replace
from pathlib import Path

import pytest
from scipy.stats import binom

from pooling import measured
from pooling.checks.calibration import Run, at_most, read, table
from pooling.checks.verdict import traces

RECORDED = measured.path("honest_runs")

GOOD = Run("nutpie", "centered", 0.995, 1000, 4, 1000, 0, 1.004, 900.0, 1.1, 1e-15)
BACK = {
    "divergences": replace(GOOD, diverging=41),
    "one-chain": replace(GOOD, chains=1, r_hat=float("nan")),
    "low-ess": replace(GOOD, ess=49.0),
    "r-hat": replace(GOOD, r_hat=1.11),
    "off-target": replace(GOOD, distance=6.1),
}


@pytest.mark.parametrize("code", BACK)
def test_each_gate_sends_back_what_it_is_for(code):
    assert GOOD.gate == "right"
    assert BACK[code].gate == code
    [row] = table([BACK[code]])
    assert (row.failed, row.gates) == (0, {code: 1})


def test_the_gates_are_the_judges_own(monkeypatch):
    run = replace(GOOD, diverging=30, r_hat=1.05)
    assert run.gate == "right"
    monkeypatch.setattr(traces, "MOST_R_HAT", 1.02)
    assert run.gate == "r-hat"
    monkeypatch.setattr(traces, "MOST_DIVERGENT", 0.005)
    assert run.gate == "divergences"


def test_counts_are_kept_apart_by_setting():
    other = replace(GOOD, draws=500)
    runs = [
        *(GOOD, BACK["low-ess"], BACK["r-hat"], BACK["r-hat"]),
        *(other, replace(other, diverging=1), replace(other, diverging=1, r_hat=1.02)),
    ]
    first, second = table(runs)
    assert (first.setting, first.runs, first.sent_back) == (GOOD.setting, 4, 3)
    assert first.gates == {"low-ess": 1, "r-hat": 2}
    assert (first.rough, first.diverged, first.customary) == (2, 0, 2)
    assert (second.runs, second.sent_back, second.gates) == (3, 0, {})
    assert (second.rough, second.diverged, second.customary) == (1, 2, 2)


@pytest.mark.parametrize("gap", [1e-5, float("nan")])
def test_draws_that_are_not_the_models_fail_and_are_not_sent_back(gap):
    [row] = table([GOOD, replace(BACK["low-ess"], gap=gap)])
    assert (row.failed, row.sent_back) == (1, 0)
    assert row.failed_at_most > 0.5


@pytest.mark.parametrize(("count", "runs"), [(0, 400), (7, 400), (3, 55), (1, 2)])
def test_the_bound_is_the_share_at_which_so_few_are_rare(count, runs):
    assert binom.cdf(count, runs, at_most(count, runs)) == pytest.approx(0.05, rel=1e-6)


def test_the_ends_of_the_bound():
    assert at_most(5, 5) == at_most(0, 0) == 1.0
    with pytest.raises(ValueError, match="from 0 to 3"):
        at_most(4, 3)


def test_what_was_recorded_can_be_read_and_no_honest_run_failed():
    runs = read(RECORDED)
    rows = table(runs)
    assert sum(row.runs for row in rows) == len(runs) >= 1000
    assert {run.sampler for run in runs} == {"nutpie", "pymc"}
    assert [row.setting for row in rows if row.failed] == []
    # Each way to sample, at each size, with enough runs for a bound that says something.
    ways = {row.setting[:4] for row in rows}
    assert {(sampler, form, accept) for sampler, form, accept, _ in ways} == {
        (sampler, *way)
        for sampler in ("nutpie", "pymc")
        for way in [("centered", a) for a in (0.9, 0.95, 0.995)] + [("non-centered", 0.95)]
    }
    counts = {row.setting: row.runs for row in rows}
    sizes = [(4, 2000), (4, 1000), (2, 500)]
    assert min(counts.get((*way, *size), 0) for way in ways for size in sizes) >= 400
    story = next(r for r in rows if r.setting == ("nutpie", "centered", 0.995, 1000, 4, 1000))
    assert story.failed_at_most < 0.01
    assert story.sent_back_at_most < 0.04
    assert story.customary > 0.2 * story.runs


@pytest.mark.parametrize(
    ("notebook", "cell", "form"),
    [
        ("ps3-partial-pooling/partial_pooling", "sample-hierarchical", "centered"),
        ("ps4-geometry/geometry", "sample-non-centered", "non-centered"),
    ],
)
def test_what_an_exercise_asks_for_is_seldom_sent_back(notebook, cell, form):
    path = Path(__file__).parents[2] / "solutions" / f"{notebook}.ipynb"
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    source = next("".join(c["source"]) for c in cells if c.get("id") == cell)
    call = next(
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "pm.sample"
    )
    asked = {k.arg: k.value.value for k in call.keywords if isinstance(k.value, ast.Constant)}
    tune = asked.get("tune", 400)  # what nutpie is given unless one says otherwise
    setting = ("nutpie", form, asked["target_accept"], tune, asked["chains"], asked["draws"])
    row = next(row for row in table(read(RECORDED)) if row.setting == setting)
    assert row.runs >= 400
    assert row.sent_back < 0.01 * row.runs


def test_an_odd_file_is_no_table(tmp_path):
    path = tmp_path / "runs.csv"
    path.write_text("sampler,form\nnutpie,centered\n")
    with pytest.raises(KeyError):
        read(path)
