"""Grade a rehearsal class with nbgrader, and compare each grade with its label.

``python -m pooling.grading.rehearsal --out build/rehearsal`` hands in the submissions of
``tests/corpus`` that ``class.txt`` there names (with ``--rest``, all the others), runs the stock
``nbgrader autograde`` over them (with warm kernels, see `pooling.running.warm`), and writes
``table.txt``, ``summary.txt`` and ``table.json``. It ends with an error if a row is not as
labelled.

An honest run may be sent back by chance, and on another processor the same seed gives another
run. So who is told to run it again, against the label, does: with other seeds, once.
"""

import argparse
import itertools
import json
import re
import shutil
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import nbformat
from nbgrader.utils import determine_grade, is_grade

from pooling.grading.nbgrader import NbgraderError, nbgrader, open_course
from pooling.grading.submissions import (
    Expected,
    Submission,
    choose,
    handed_in,
    read_class,
)
from pooling.running.folder import find_root

_CODE = re.compile(r"^\[([^\]\s]+)\]", re.MULTILINE)
_AGAIN = re.compile(r"^Run it again:", re.MULTILINE)
# nbgrader's own line: .../autograded/STUDENT/ASSIGNMENT/NOTEBOOK.ipynb
_AUTOGRADING = re.compile(r"Autograding .*autograded.([^/\\]+).([^/\\]+).[^/\\]+\.ipynb")


@dataclass(frozen=True)
class Row:
    """One graded submission of the table.

    `rerun` says that something was found and yet no test cell gave nothing: the answer is right,
    and a run has to be repeated. `unlucky` says that the student was told to run a cell again that
    is labelled otherwise, and `runs` how often it was graded.
    """

    student: str
    assignment: str
    story: str
    score: float
    max_score: float
    found: str
    expected_score: float
    expected_found: str
    rerun: bool = False
    unlucky: bool = False
    runs: int = 1

    @property
    def ok(self) -> bool:
        return (self.score, self.found) == (self.expected_score, self.expected_found)


@dataclass(frozen=True)
class _Graded:
    points: float
    max_points: float
    code: str
    again: bool


def rehearse(course: Path, submissions: list[Submission], out: Path, workers: int = 2) -> list[Row]:
    """Grade labelled submissions.

    Parameters
    ----------
    course : Path
        The repository's root.
    submissions : list of Submission
        See `pooling.grading.submissions`.
    out : Path
        Is emptied, and gets one nbgrader course for each worker (a gradebook has one writer).
    workers : int
        How many nbgrader processes grade at a time.

    Returns
    -------
    list of Row
        Ordered by assignment and student.

    Raises
    ------
    NbgraderError
        If nbgrader itself fails.
    ValueError
        If a submission does not fit its notebook.
    """
    shutil.rmtree(out, ignore_errors=True)
    first = _in_parts(course, submissions, out, workers)
    rows = {(row.assignment, row.student): row for row in first}
    again = [replace(s, shift=1) for s in submissions if rows[s.assignment, s.student].unlucky]
    second = _in_parts(course, again, out / "again", min(workers, len(again)))
    rows |= {(row.assignment, row.student): replace(row, runs=2) for row in second}
    return [rows[key] for key in sorted(rows)]


def _in_parts(course: Path, submissions: list[Submission], out: Path, workers: int) -> list[Row]:
    """Grade with several nbgrader processes at a time."""
    if not submissions:
        return []
    parts = [submissions[i::workers] for i in range(workers)]
    started = itertools.count(1)

    def show_progress(line: str) -> None:
        if found := _AUTOGRADING.search(line):
            number = f"{next(started)} of {len(submissions)}"
            print(f"grading {number}, {found[2]}: {found[1]}", flush=True)

    with ThreadPoolExecutor(workers) as pool:
        graded = pool.map(
            lambda i: _grade(course, parts[i], out / f"part-{i + 1}", show_progress),
            range(workers),
        )
        return [row for rows in graded for row in rows]


def _grade(
    course: Path, submissions: list[Submission], root: Path, watch: Callable[[str], None]
) -> list[Row]:
    """Hand in and grade one part of the class, in an nbgrader course of its own."""
    open_course(course, root)
    rows = []
    for assignment in sorted({s.assignment for s in submissions}):
        mine = [s for s in submissions if s.assignment == assignment]
        nbgrader("generate_assignment", assignment, root=root)
        [released] = (root / "exercises" / assignment).glob("*.ipynb")
        notebook = nbformat.read(released, as_version=4)
        solution = nbformat.read(course / "solutions" / assignment / released.name, as_version=4)
        for submission in mine:
            folder = root / "submitted" / submission.student / assignment
            folder.mkdir(parents=True)
            nbformat.write(handed_in(submission, notebook, solution), folder / released.name)
        nbgrader("autograde", assignment, root=root, watch=watch, warm=True)
        for submission in mine:
            path = root / "autograded" / submission.student / assignment / released.name
            rows.append(_row(submission, _read_grades(path)))
    return rows


def _read_grades(path: Path) -> dict[str, _Graded]:
    """Points and diagnosis of each test cell, as nbgrader reads them."""
    cells = nbformat.read(path, as_version=4).cells
    grades = {}
    for cell in cells:
        if cell.cell_type == "code" and is_grade(cell):
            points, most = determine_grade(cell)
            grades[cell.metadata.nbgrader.grade_id] = _Graded(
                points or 0.0, most, _code(cell), any(map(_AGAIN.search, _texts(cell)))
            )
    return grades


def _code(cell: nbformat.NotebookNode) -> str:
    """The diagnosis that a test cell printed or raised; else the name of the error."""
    codes = []
    for output, text in zip(cell.outputs, _texts(cell), strict=True):
        codes += _CODE.findall(text)
        if output.output_type == "error" and not _CODE.search(text):
            codes.append(output.ename)
    wrong = [code for code in codes if code != "right"]
    return wrong[-1] if wrong else "right"


def _texts(cell: nbformat.NotebookNode) -> list[str]:
    return [output.get("text", "") + output.get("evalue", "") for output in cell.outputs]


def _row(submission: Submission, grades: dict[str, _Graded]) -> Row:
    if unknown := set(submission.expected) - set(grades):
        raise ValueError(f"{submission.student}: no test cell {sorted(unknown)}")
    expected = {
        name: submission.expected.get(name) or Expected(grade.max_points, "right")
        for name, grade in grades.items()
    }
    found = _found(g.code for g in grades.values())
    return Row(
        student=submission.student,
        assignment=submission.assignment,
        story=submission.story,
        score=sum(g.points for g in grades.values()),
        max_score=sum(g.max_points for g in grades.values()),
        found=found,
        expected_score=sum(e.points for e in expected.values()),
        expected_found=_found(e.code for e in expected.values()),
        rerun=found != "right" and all(g.points > 0 for g in grades.values()),
        unlucky=any(g.again and g.code != expected[name].code for name, g in grades.items()),
    )


def _found(codes: Iterable[str]) -> str:
    """What was found in all the cells, each thing once."""
    return ", ".join(dict.fromkeys(code for code in codes if code != "right")) or "right"


#: The longest class of which every row is shown on the screen.
MOST_ROWS = 40

_HEAD = ("student", "assignment", "score", "what was found", "")


def table(rows: list[Row]) -> str:
    """Lay the rows out as text."""
    return _columns([_HEAD, *map(_line, rows)]) + _total(rows)


def summary(rows: list[Row], path: str) -> str:
    """Lay out what the screen shows: the table, or if it is long how each assignment fared.

    Parameters
    ----------
    rows : list of Row
        The whole class.
    path : str
        Where the whole table is.

    Returns
    -------
    str
        Of a long class, one line for each assignment and one for each row that is not as
        labelled.
    """
    if len(rows) <= MOST_ROWS:
        return table(rows)
    lines: list[tuple[str, ...]] = [
        ("assignment", "submissions", "right", "to rerun", "wrong", "as labelled")
    ]
    for assignment in sorted({row.assignment for row in rows}):
        mine = [row for row in rows if row.assignment == assignment]
        right = sum(row.found == "right" for row in mine)
        rerun = sum(row.rerun for row in mine)
        counts = len(mine), right, rerun, len(mine) - right - rerun, sum(row.ok for row in mine)
        lines.append((assignment, *map(str, counts)))
    text = _columns(lines)
    if wrong := [row for row in rows if not row.ok]:
        text += "\n" + _columns([_HEAD, *map(_line, wrong)])
    return f"{text}{_total(rows)}The whole table: {path}\n"


def _line(row: Row) -> tuple[str, ...]:
    wanted = f"NOT AS LABELLED: {row.expected_score:g}, {row.expected_found}"
    score = f"{row.score:g} of {row.max_score:g}"
    told = "as labelled" if row.ok else wanted
    return row.student, row.assignment, score, row.found, told + ", run again" * (row.runs > 1)


def _columns(lines: list[tuple[str, ...]]) -> str:
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    text = ["  ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)) for line in lines]
    return "\n".join(line.rstrip() for line in text) + "\n"


def _total(rows: list[Row]) -> str:
    wrong = sum(not row.ok for row in rows)
    return f"{len(rows)} submissions, {len(rows) - wrong} as labelled, {wrong} not.\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--out", type=Path, required=True, help="folder to grade in; is emptied")
    parser.add_argument("--corpus", type=Path, help="folder of patches (default: tests/corpus)")
    parser.add_argument("--rest", action="store_true", help="those that class.txt does not name")
    arguments = parser.parse_args()
    course = find_root()
    corpus = arguments.corpus or course / "tests" / "corpus"
    try:
        submissions = choose(read_class(corpus), corpus / "class.txt", rest=arguments.rest)
        rows = rehearse(course, submissions, arguments.out.resolve())
    except (NbgraderError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    whole = arguments.out / "table.txt"
    whole.write_text(table(rows), encoding="utf-8")
    text = summary(rows, whole.as_posix())
    (arguments.out / "summary.txt").write_text(text, encoding="utf-8")
    print(text, end="")
    (arguments.out / "table.json").write_text(
        json.dumps([{**asdict(row), "ok": row.ok} for row in rows], indent=1), encoding="utf-8"
    )
    return 0 if all(row.ok for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
