"""What each test cell of the exercises asks for, and how the answer is judged."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from pooling.checks.challenge import Challenge
from pooling.checks.density import HIERARCHICAL, ROBUST, SLOPE_PRIOR, UNPOOLED, Density
from pooling.checks.records import (
    VERSION,
    Evidence,
    FunctionEvidence,
    ModelEvidence,
    TraceEvidence,
    ValueEvidence,
)
from pooling.checks.verdict.apart import judge_apart
from pooling.checks.verdict.base import Verdict, right, wrong
from pooling.checks.verdict.builders import judge_builder
from pooling.checks.verdict.course import course_posterior, course_rows
from pooling.checks.verdict.draws import judge_prior_draws
from pooling.checks.verdict.models import judge_model, judge_non_centered
from pooling.checks.verdict.numbers import judge_interval, judge_mean, judge_shrinkage
from pooling.checks.verdict.sensitivity import judge_sensitivity
from pooling.checks.verdict.traces import judge_trace

RATES = (1, 5, 13, 50)  # of the exercise on prior sensitivity
_APART = 0.5


@dataclass(frozen=True)
class Cell:
    """A test cell.

    Attributes
    ----------
    points : int
    judge : callable
        From evidence and challenge to a verdict; the evidence is complete when it is called.
    builder : str
        Name of the function that builds a model, if the cell asks for one.
    model, trace : str
        Names of a finished model and its trace, if the cell looks at those.
    values : tuple of str
        Names of numbers, arrays or mappings that it looks at.
    function : str
        Name of a function of numbers that it looks at.
    density : Density, optional
        What builder or model must agree with.
    optional : tuple of str
        Those of the values that may be missing.
    """

    points: int
    judge: Callable[[Evidence, Challenge], Verdict]
    builder: str = ""
    model: str = ""
    trace: str = ""
    values: tuple[str, ...] = ()
    function: str = ""
    density: Density | None = None
    optional: tuple[str, ...] = ()


def judge(evidence: Evidence, challenge: Challenge) -> Verdict:
    """Judge what was found for a test cell.

    Parameters
    ----------
    evidence : Evidence
        From `pooling.checks.gather`, perhaps in another process, perhaps out of a file.
    challenge : Challenge
        The one that the answer was to be tried on.

    Returns
    -------
    Verdict

    Raises
    ------
    ValueError
        If there is no such cell, or the evidence is of another version.
    """
    if evidence.cell not in CELLS:
        raise ValueError(f"expected one of {', '.join(CELLS)}, got {evidence.cell!r}")
    if evidence.version != VERSION:
        raise ValueError(f"expected evidence of version {VERSION}, got {evidence.version}")
    if (evidence.seed, evidence.fresh) != (challenge.seed, challenge.fresh):
        return wrong("other-challenge")
    for name, record in evidence.records.items():
        # What keeps the answer from being there at all is said in the same words everywhere.
        if record.problem in ("undefined", "not-written", *_RAISED):
            return wrong(record.problem, name=name, detail=record.detail)
    return CELLS[evidence.cell].judge(evidence, challenge)


_RAISED = ("cell-raised", "cell-raised:samples", "cell-raised:log-prior")


def _record(evidence: Evidence, name: str, kind: type) -> Any:
    found = evidence.records.get(name)
    if not isinstance(found, kind):
        raise ValueError(f"evidence of {evidence.cell} has no {kind.__name__} for {name!r}")
    return found


# --- judges by kind of cell -----------------------------------------------------------------------


def _builder(evidence: Evidence, challenge: Challenge) -> Verdict:
    cell = CELLS[evidence.cell]
    assert cell.density is not None
    record = _record(evidence, cell.builder, ModelEvidence)
    non_centered = evidence.cell == "build_non_centered"
    return judge_builder(record, cell.density, challenge, cell.builder, non_centered)


def _sampling(evidence: Evidence, challenge: Challenge) -> Verdict:
    cell = CELLS[evidence.cell]
    assert cell.density is not None
    rows, _ = course_rows()
    record = _record(evidence, cell.model, ModelEvidence)
    model = judge_model(record, cell.density, rows, challenge, cell.model)
    trace = _record(evidence, cell.trace, TraceEvidence)
    posterior = course_posterior(cell.density is not UNPOOLED)
    non_centered = evidence.cell == "sample_non_centered"
    verdict = judge_trace(
        trace, model, posterior, cell.density, rows, cell.trace, non_centered=non_centered
    )
    if non_centered and verdict.right:
        form = judge_non_centered(model, record)
        return verdict if form.right else form
    return verdict


def _read_outlier(evidence: Evidence, challenge: Challenge) -> Verdict:
    rows, bad = course_rows()
    answer = _record(evidence, "outlier_group", ValueEvidence)
    group = answer.values.item() if answer.values.size == 1 else np.nan
    if group != np.floor(group):
        return wrong(
            "not-a-number", name="outlier_group", asked="a whole number", value=answer.text
        )
    if not 0 <= group < rows.n_groups:
        return wrong("no-such-group", value=int(group), last=rows.n_groups - 1)
    if group != bad:
        return wrong("wrong-group", value=int(group))
    sampling = _sampling(evidence, challenge)
    if sampling.share == 0.0:
        return sampling
    trace = _record(evidence, "unpooled_trace", TraceEvidence)
    interval = _record(evidence, "outlier_hdi", ValueEvidence)
    return judge_interval(interval, trace, bad, course_posterior(False)["slope"], "outlier_hdi")


def _outlier_shrinks(evidence: Evidence, challenge: Challenge) -> Verdict:
    _, bad = course_rows()
    answer = _record(evidence, "slope_7", ValueEvidence)
    before, after = course_posterior(False)["slope"], course_posterior(True)["slope"]
    moved = before.mean[bad] - after.mean[bad]
    if answer.values.size == 1:
        number = float(answer.values.item())
        if abs(number - before.mean[bad]) < 0.5 * before.sd[bad]:
            return wrong("no-shrinkage", group=bad, value=number)
        if abs(abs(number) - moved) < 0.1 * before.sd[bad]:
            return wrong("distance-moved", name="slope_7", value=f"{number:.4g}")
    sampling = _sampling(evidence, challenge)
    if sampling.share == 0.0:
        return sampling
    trace = _record(evidence, "hierarchical_trace", TraceEvidence)
    mean = judge_mean(answer, trace, bad, after, "slope_7")
    if not mean.right:
        return mean
    interval = _record(evidence, "slope_7_hdi", ValueEvidence)
    verdict = judge_interval(interval, trace, bad, after, "slope_7_hdi")
    if not verdict.right:
        return verdict
    own = float(answer.values.item())
    return right(
        f"Group {bad}'s slope went from {before.mean[bad]:.2f} without pooling to {own:.2f}."
    )


def _draw_slopes(evidence: Evidence, challenge: Challenge) -> Verdict:
    record = _record(evidence, "prior_slopes", ValueEvidence)
    posteriors = course_posterior(True), course_posterior(False)
    return judge_prior_draws(record, course_rows()[0], posteriors, "prior_slopes")


def _prior_spread(evidence: Evidence, challenge: Challenge) -> Verdict:
    value = _record(evidence, "p_apart", ValueEvidence)
    draws = evidence.records.get("prior_slopes", ValueEvidence())
    assert isinstance(draws, ValueEvidence)
    return judge_apart(value, draws, _APART, course_rows()[0].n_groups, "p_apart")


def _measure_shrinkage(evidence: Evidence, challenge: Challenge) -> Verdict:
    record = _record(evidence, "shrinkage", FunctionEvidence)
    return judge_shrinkage(record, challenge, "shrinkage")


def _prior_sensitivity(evidence: Evidence, challenge: Challenge) -> Verdict:
    rows, bad = course_rows()
    record = _record(evidence, "slope_7_by_rate", ValueEvidence)
    return judge_sensitivity(record, RATES, rows, bad, "slope_7_by_rate")


#: The test cells by the name of their check.
CELLS: Mapping[str, Cell] = {
    "build_unpooled": Cell(4, _builder, builder="build_unpooled", density=UNPOOLED),
    "sample_unpooled": Cell(
        2, _sampling, model="unpooled_model", trace="unpooled_trace", density=UNPOOLED
    ),
    "read_outlier": Cell(
        2,
        _read_outlier,
        model="unpooled_model",
        trace="unpooled_trace",
        values=("outlier_group", "outlier_hdi"),
        density=UNPOOLED,
    ),
    "build_slope_prior": Cell(4, _builder, builder="build_slope_prior", density=SLOPE_PRIOR),
    "draw_slopes": Cell(3, _draw_slopes, values=("prior_slopes",)),
    "prior_spread": Cell(
        3, _prior_spread, values=("p_apart", "prior_slopes"), optional=("prior_slopes",)
    ),
    "build_hierarchical": Cell(4, _builder, builder="build_hierarchical", density=HIERARCHICAL),
    "sample_hierarchical": Cell(
        3, _sampling, model="hierarchical_model", trace="hierarchical_trace", density=HIERARCHICAL
    ),
    "outlier_shrinks": Cell(
        3,
        _outlier_shrinks,
        model="hierarchical_model",
        trace="hierarchical_trace",
        values=("slope_7", "slope_7_hdi"),
        density=HIERARCHICAL,
    ),
    "measure_shrinkage": Cell(3, _measure_shrinkage, function="shrinkage"),
    "build_non_centered": Cell(4, _builder, builder="build_non_centered", density=HIERARCHICAL),
    "sample_non_centered": Cell(
        3, _sampling, model="non_centered_model", trace="non_centered_trace", density=HIERARCHICAL
    ),
    "build_robust": Cell(4, _builder, builder="build_robust", density=ROBUST),
    "prior_sensitivity": Cell(4, _prior_sensitivity, values=("slope_7_by_rate",)),
}

#: What each cell is worth, by the name of its check.
POINTS = {name: cell.points for name, cell in CELLS.items()}
