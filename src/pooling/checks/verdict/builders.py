"""Judge a function that builds a model: by the model, and by what becomes of it on other data."""

import re
from typing import Any

import numpy as np

from pooling.checks.challenge import Challenge
from pooling.checks.density import SLOPE_PRIOR, Density, Rows
from pooling.checks.records import ModelEvidence
from pooling.checks.verdict.base import Verdict, partly, wrong
from pooling.checks.verdict.course import course_rows, rows_for
from pooling.checks.verdict.models import judge_model, judge_non_centered

_SINGLE = 1e-4  # data may have been rounded to single precision
# What a number of slopes that does not go with the data is found as.
_LENGTHS = "slope-length", "slope-longer", "index-out-of-range"


def judge_builder(
    record: ModelEvidence, density: Density, challenge: Challenge, name: str, non_centered: bool
) -> Verdict:
    """Judge a builder.

    Parameters
    ----------
    record : ModelEvidence
        Of the model that it built for the challenge.
    density : Density
        What that must agree with.
    challenge : Challenge
    name : str
        Of the builder, for the messages.
    non_centered : bool
        Must its slopes be made of offsets?

    Returns
    -------
    Verdict
    """
    rows = rows_for(density, challenge)
    arguments = "(n_groups)" if density is SLOPE_PRIOR else "(groups, x, y)"
    verdict = judge_model(record, density, rows, challenge, name, arguments)
    if challenge.fresh:
        verdict = _bound_to_the_course(record, verdict, rows) or verdict
    if non_centered:
        verdict = judge_non_centered(verdict, record)
    if not verdict.right:
        return verdict
    if density is SLOPE_PRIOR:
        return _with_a_number_typed(record, challenge.n_groups()) or verdict
    return _with_gaps(record, rows, challenge) or _with_what_is_seen(record, rows) or verdict


def _bound_to_the_course(record: ModelEvidence, verdict: Verdict, rows: Rows) -> Verdict | None:
    """Does a model of fresh data go wrong because the course's data got into it?"""
    course, _ = course_rows()
    if not verdict.right and sum(v.size for v in record.observed.values()) == course.y.size:
        return wrong("ignores-arguments")
    slopes = int(np.prod(record.shapes.get("slope", (0,))))
    if verdict.code in _LENGTHS and slopes == course.n_groups:
        return wrong("groups-typed", found=slopes, n_groups=rows.n_groups)
    if str(course.y.size) in re.findall(r"\d+", record.detail if record.problem else ""):
        # Its rows met the others, and did not fit.
        return wrong("mixes-arguments", found=course.y.size, asked=rows.y.size)
    return None


def _with_a_number_typed(record: ModelEvidence, asked: int) -> Verdict | None:
    """Has a prior as many slopes as before when it is asked for another number of them?"""
    found = record.gap.get("slope", np.empty(0)).size
    return wrong("groups-typed", found=found, n_groups=asked) if found not in (0, asked) else None


def _with_gaps(record: ModelEvidence, whole: Rows, challenge: Challenge) -> Verdict | None:
    """What goes wrong when a group has no rows; None if nothing does, or it cannot be told."""
    rows = challenge.gapped(whole)
    slopes, means = (record.gap.get(n, np.empty(0)).ravel() for n in ("slope", "mean"))

    def are_of(groups: Any) -> bool:
        """Are the means those of rows of these groups, in any order?"""
        if means.size != groups.size or slopes.size <= groups.max():
            return False
        return np.allclose(np.sort(means), np.sort(slopes[groups] * rows.x), rtol=_SINGLE)

    # Where sigma_slope is tiny, all slopes are the same, and the means those of any groups.
    own = are_of(rows.groups)
    if are_of(whole.groups) and not own:
        return wrong("ignores-arguments")  # it has the data of the call before
    said = {"first": rows.groups.min(), "last": rows.n_groups - 1}
    if slopes.size not in (0, rows.n_groups):
        return partly("groups-counted", found=slopes.size, **said)
    if are_of(rows.groups - 1) and not own:
        return partly("groups-shifted", **said)
    return None


def _with_what_is_seen(record: ModelEvidence, rows: Rows) -> Verdict | None:
    """What is wrong with what is observed; a likelihood that was split up needs several names."""
    if len(record.observed) == 1 and "obs" not in record.observed:
        return partly("names-likelihood", name=next(iter(record.observed)))
    seen = np.sort(np.concatenate([v.ravel() for v in record.observed.values()] or [np.empty(0)]))
    if seen.size == rows.y.size and not np.allclose(seen, np.sort(rows.y), rtol=_SINGLE):
        return partly("obs:rescaled")
    return None
