"""The corpus of labelled submissions: its table, and what its labels say."""

import ast
from collections import Counter
from functools import cache
from pathlib import Path

import nbformat
import pytest

from pooling.checks.diagnosis import DIAGNOSES
from pooling.grading.submissions import Submission, read_class

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "tests" / "corpus"

# Mistakes and right ways that were listed before the checks were written. Each has a submission.
LISTED = range(1, 88)

SUBMISSIONS = {(s.assignment, s.student): s for s in read_class(CORPUS)}


def read_table() -> list[dict[str, str]]:
    head, *lines = (CORPUS / "catalogue.tsv").read_text(encoding="utf-8").splitlines()
    return [dict(zip(head.split("\t"), line.split("\t"), strict=True)) for line in lines]


TABLE = read_table()


@cache
def read_points(assignment: str) -> dict[str, float]:
    """Points of each test cell that a submission of the assignment is graded by."""
    [path] = (ROOT / "solutions" / assignment).glob("*.ipynb")
    cells = (c.metadata.get("nbgrader", {}) for c in nbformat.read(path, as_version=4).cells)
    return {c["grade_id"]: c["points"] for c in cells if c.get("grade") and c.get("locked")}


def verdict(submission: Submission) -> str:
    """What the labels come to."""
    points = [e.points for e in submission.expected.values()]
    return "pass" if not points else "rerun" if all(points) else "fail"


@pytest.fixture(params=SUBMISSIONS, ids="-".join)
def submission(request) -> Submission:
    return SUBMISSIONS[request.param]


# --- the table ----------------------------------------------------------------------------------


def test_every_submission_stands_in_the_table_and_nothing_else_does():
    assert {(row["assignment"], row["file"]) for row in TABLE} == set(SUBMISSIONS)


def test_no_line_stands_twice():
    lines = Counter((row["id"], row["assignment"], row["file"]) for row in TABLE)
    assert [line for line, n in lines.items() if n > 1] == []


def test_the_verdicts_are_what_the_labels_come_to():
    said = {(row["assignment"], row["file"]): row["verdict"] for row in TABLE}
    assert said == {key: verdict(s) for key, s in SUBMISSIONS.items()}


def test_the_answers_are_the_stories():
    told = {(row["assignment"], row["file"]): row["answer"] for row in TABLE}
    assert told == {key: s.story for key, s in SUBMISSIONS.items()}


def test_all_that_was_listed_is_there():
    ids = sorted({int(row["id"]) for row in TABLE})
    assert ids == list(range(1, ids[-1] + 1))
    assert set(LISTED) <= set(ids)


def test_there_are_many_right_ones_and_many_wrong_ones():
    found = Counter(verdict(s) for s in SUBMISSIONS.values())
    assert found["pass"] >= 40
    assert found["fail"] + found["rerun"] >= 80


def test_every_exercise_has_right_and_wrong_ones_and_runs_to_repeat():
    found = {(s.assignment, verdict(s)) for s in SUBMISSIONS.values()}
    assignments = {path.name for path in (ROOT / "solutions").iterdir() if path.is_dir()}
    assert {a for a, _ in found} == assignments
    assert {(a, v) for a in assignments for v in ("pass", "fail")} <= found
    # Exercise 2 has no sampler whose run could be at fault.
    assert {a for a, v in found if v == "rerun"} == assignments - {"ps2-hyperpriors"}


# --- the submissions ----------------------------------------------------------------------------


def test_its_codes_are_known(submission):
    codes = [part for e in submission.expected.values() for part in e.code.split("+")]
    assert [code for code in codes if code not in DIAGNOSES] == []


def test_its_labels_name_test_cells_and_give_nothing_or_half(submission):
    points = read_points(submission.assignment)
    given = {name: e.points for name, e in submission.expected.items()}
    assert set(given) <= set(points)
    assert {n: p for n, p in given.items() if p not in (0, points[n] / 2)} == {}


def test_its_cells_are_python(submission):
    broken = []
    for name, source in submission.cells.items():
        try:
            ast.parse(source)
        except SyntaxError:
            broken.append(name)
    # One student hands in a cell that is none.
    left_open = ["build-hierarchical"] if submission.student == "syntax_error" else []
    assert broken == left_open


def test_two_students_do_not_hand_in_the_same(submission):
    twins = [
        s.student
        for s in SUBMISSIONS.values()
        if (s.assignment, s.cells) == (submission.assignment, submission.cells)
    ]
    assert twins == [submission.student]
