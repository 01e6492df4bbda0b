"""Gather the evidence for a test cell from the variables of a notebook."""

import linecache
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from pooling.checks.challenge import Challenge
from pooling.checks.density import SLOPE_PRIOR
from pooling.checks.evidence import (
    build,
    draw_slopes,
    measure_function,
    measure_model,
    measure_trace,
    measure_value,
)
from pooling.checks.evidence.graphs import attribute, describe
from pooling.checks.records import (
    Evidence,
    FunctionEvidence,
    ModelEvidence,
    Record,
    TraceEvidence,
    ValueEvidence,
)
from pooling.checks.verdict.cells import CELLS, Cell
from pooling.checks.verdict.course import rows_for

Answers = Mapping[str, Any]


def gather(cell: str, answers: Answers, challenge: Challenge) -> Evidence:
    """Find a cell's answers by their names, and measure them.

    Parameters
    ----------
    cell : str
        Name of the cell's check, such as "build_hierarchical".
    answers : mapping
        A notebook's variables.
    challenge : Challenge
        What the answers are tried on.

    Returns
    -------
    Evidence
        Of plain arrays and strings; `pooling.checks.judge` makes the verdict.

    Raises
    ------
    ValueError
        If there is no such cell.
    """
    if cell not in CELLS:
        raise ValueError(f"expected one of {', '.join(CELLS)}, got {cell!r}")
    wanted, records = CELLS[cell], {}
    if wanted.builder:
        records[wanted.builder] = _builder(wanted, answers, challenge)
    for name in wanted.values:
        if name in answers or name not in wanted.optional:
            records[name] = absent(answers, name, ValueEvidence) or measure_value(answers[name])
    if wanted.function:
        name = wanted.function
        records[name] = absent(answers, name, FunctionEvidence) or measure_function(
            answers[name], challenge
        )
    if wanted.trace and not any(r.problem for r in records.values()):
        records |= _sampled(wanted, answers, challenge)
    return Evidence(cell, challenge.seed, challenge.fresh, records)


def own_names(answers: Answers) -> Mapping[str, str]:
    """The student's own names for variables, from a ``NAMES = {"slope": "beta"}`` of theirs."""
    names = answers.get("NAMES", {})
    if not isinstance(names, Mapping):
        return {}
    return {k: v for k, v in names.items() if isinstance(k, str) and isinstance(v, str)}


def _builder(cell: Cell, answers: Answers, challenge: Challenge) -> Record:
    if (nothing := absent(answers, cell.builder, ModelEvidence)) is not None:
        return nothing
    assert cell.density is not None
    builder, names = answers[cell.builder], own_names(answers)
    rows = rows_for(cell.density, challenge)
    if cell.density is SLOPE_PRIOR:
        record = measure_model(build(builder, rows.n_groups), _wanted(cell), challenge, names)
        again = build(builder, challenge.n_groups())
        return replace(record, gap=draw_slopes(again, names.get("slope", "slope")))
    model = build(builder, rows.groups.copy(), rows.x.copy(), rows.y.copy())
    record = measure_model(model, _wanted(cell), challenge, names)
    if record.problem:
        return record
    others = challenge.gapped(rows)
    again = build(builder, others.groups, others.x, others.y)
    return replace(record, gap=draw_slopes(again, names.get("slope", "slope")))


def _sampled(cell: Cell, answers: Answers, challenge: Challenge) -> dict[str, Record]:
    """Measure a finished model and its trace."""
    if (nothing := absent(answers, cell.trace, TraceEvidence)) is not None:
        return {cell.trace: nothing}
    if (nothing := absent(answers, cell.model, ModelEvidence)) is not None:
        return {cell.model: nothing}
    return _measured(answers[cell.model], answers[cell.trace], cell, challenge, answers)


@dataclass
class _Latest:
    """The pair that was measured last: two cells in a row look at the same model and trace."""

    key: tuple = ()
    held: tuple = ()  # keeps the objects alive, so that their ids stay theirs
    records: dict[str, Record] = field(default_factory=dict)


_latest = _Latest()


def _measured(
    model: Any, trace: Any, cell: Cell, challenge: Challenge, answers: Answers
) -> dict[str, Record]:
    global _latest
    names = own_names(answers)
    key = (id(model), id(trace), _size(model), _total(trace), challenge, cell.trace, str(names))
    if _latest.key != key:
        records: dict[str, Record] = {
            cell.model: measure_model(model, _wanted(cell), challenge, names),
            cell.trace: measure_trace(trace, model, _wanted(cell), names),
        }
        _latest = _Latest(key, (model, trace), records)
    return _latest.records


def _size(model: Any) -> int:
    """Changes when a variable is added to a model."""
    return len(attribute(model, "named_vars") or ())


def _total(trace: Any) -> float:
    """Changes when a trace's draws are changed in place."""
    try:
        return float(sum(np.asarray(v, dtype=float).sum() for v in trace["posterior"].values()))
    except Exception:  # no trace, or one of strange things: measured each time, since NaN != NaN
        return np.nan


def _wanted(cell: Cell) -> tuple[str, ...]:
    assert cell.density is not None
    return tuple(cell.density.parameters)


# --- answers that are not there -------------------------------------------------------------------

# What a student's cell stopped with, and the code that explains it.
_REASONS = (
    (re.compile(r"unexpected keyword argument 'samples'"), "cell-raised:samples"),
    (re.compile(r"log[_ ]prior"), "cell-raised:log-prior"),
)


def absent(answers: Answers, name: str, kind: type) -> Any:
    """Evidence that an answer is missing, and why; None if it is there."""
    begun = name in answers and isinstance(answers[name], dict | list) and not answers[name]
    if name in answers and answers[name] is not ... and not begun:
        return None
    error = getattr(sys, "last_value", None)
    if isinstance(error, BaseException) and _comes_from(error, name):
        detail = describe(error)
        if isinstance(error, NotImplementedError):
            return kind("not-written")
        code = next((c for pattern, c in _REASONS if pattern.search(str(error))), "cell-raised")
        return kind(code, detail)
    if begun:
        return None
    return kind("not-written" if name in answers else "undefined")


def _comes_from(error: BaseException, name: str) -> bool:
    """Did the last error stop a cell that was to define this answer?"""
    defines = re.compile(rf"^\s*(?:{re.escape(name)}\b[^=\n]*=[^=]|def {re.escape(name)}\b)", re.M)
    step = error.__traceback__
    while step is not None:
        code = step.tb_frame.f_code
        if code.co_name == "<module>":
            source = "".join(linecache.getlines(code.co_filename))
            if defines.search(source):
                return True
        step = step.tb_next
    return False
