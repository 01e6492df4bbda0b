"""Submissions of a rehearsal class, each a short patch on the released notebook.

A patch is a Python file in ``tests/corpus/<assignment>/``. It opens with what it must score::

    # story: every row looks up the next group's slope
    # test-build-hierarchical: 0 obs:groups
    # test-sample-hierarchical: 0 model-wrong

and then gives cells, each below a line ``# %% grade_id``. A cell that it does not give is taken
from the solution; with ``# base: released`` it stays as the student got it. Every test cell that
the opening does not name must earn full points.
"""

import copy
import re
from dataclasses import dataclass, field
from pathlib import Path

import nbformat

_HEADER = re.compile(r"#\s*([\w-]+):\s*(.*)")
_CELL = re.compile(r"# %% ([\w-]+)\s*$")
_SEED = re.compile(r"(?<=random_seed=)\d+")
_MARKS = re.compile(r"^\s*### (?:BEGIN|END) SOLUTION\s*?\n?", re.MULTILINE)


@dataclass(frozen=True)
class Expected:
    """What a test cell must give: points, and the code of the diagnosis."""

    points: float
    code: str


@dataclass(frozen=True)
class Submission:
    """One labelled submission.

    Attributes
    ----------
    student : str
        Its file's name.
    assignment : str
        Its folder's name.
    story : str
        What the student did, in a line.
    base : {"solution", "released"}
        Where cells that the patch does not give are taken from.
    cells : dict
        Source by grade_id.
    expected : dict
        By the grade_id of the test cell; those left out earn full points.
    shift : int
        What is added to each ``random_seed`` in its cells: with 1, the student ran them again.
    """

    student: str
    assignment: str
    story: str = ""
    base: str = "solution"
    cells: dict[str, str] = field(default_factory=dict)
    expected: dict[str, Expected] = field(default_factory=dict)
    shift: int = 0


def read_submission(path: Path) -> Submission:
    """Read a patch.

    Raises
    ------
    ValueError
        If a line of its opening cannot be understood; the message names file and line.
    """
    header: dict[str, str] = {}
    expected: dict[str, Expected] = {}
    cells: dict[str, list[str]] = {}
    current: list[str] | None = None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if start := _CELL.match(line):
            current = cells.setdefault(start[1], [])
        elif current is not None:
            current.append(line)
        elif entry := _HEADER.match(line):
            key, value = entry[1], entry[2].strip()
            if key.startswith("test-"):
                points, _, code = value.partition(" ")
                try:
                    expected[key] = Expected(float(points), code.strip())
                except ValueError:
                    raise ValueError(
                        f"{path}:{number}: expected '# {key}: POINTS CODE', got {line!r}"
                    ) from None
            else:
                header[key] = value
        elif line.strip():
            raise ValueError(f"{path}:{number}: expected '# key: value', got {line!r}")
    if unknown := set(header) - {"story", "base"}:
        raise ValueError(f"{path}: unknown keys {sorted(unknown)}; expected story, base, test-...")
    return Submission(
        student=path.stem,
        assignment=path.parent.name,
        story=header.get("story", ""),
        base=header.get("base", "solution"),
        cells={k: "\n".join(v).strip("\n") for k, v in cells.items()},
        expected=expected,
    )


def read_class(corpus: Path) -> list[Submission]:
    """Read all submissions below a folder, ordered by assignment and name.

    Raises
    ------
    ValueError
        If there are none.
    """
    found = [read_submission(p) for p in sorted(corpus.glob("*/*.py"))]
    if not found:
        raise ValueError(f"no submissions in {corpus}: expected files <assignment>/<name>.py")
    return found


def choose(submissions: list[Submission], listed: Path, rest: bool = False) -> list[Submission]:
    """Choose the submissions that a file lists, one ``assignment/student`` a line.

    Parameters
    ----------
    submissions : list of Submission
    listed : Path
        The list; if there is no such file, all are chosen.
    rest : bool
        Choose those that are not in it.

    Returns
    -------
    list of Submission
        In the order that they came.

    Raises
    ------
    ValueError
        If the list names a submission that is not there.
    """
    if not listed.is_file():
        return submissions
    wanted = set(listed.read_text(encoding="utf-8").split())
    names = [f"{s.assignment}/{s.student}" for s in submissions]
    if unknown := wanted - set(names):
        raise ValueError(f"{listed} names submissions that are not there: {sorted(unknown)}")
    return [s for s, name in zip(submissions, names, strict=True) if (name in wanted) != rest]


def handed_in(
    submission: Submission, released: nbformat.NotebookNode, solution: nbformat.NotebookNode
) -> nbformat.NotebookNode:
    """Return the notebook that this student hands in.

    Raises
    ------
    ValueError
        If the patch names a cell that the notebook does not have.
    """
    notebook = copy.deepcopy(released)
    answers = {_grade_id(c): _MARKS.sub("", c.source) for c in solution.cells if _is_solution(c)}
    cells = {_grade_id(c): c for c in notebook.cells if _is_solution(c)}
    if unknown := set(submission.cells) - set(cells):
        raise ValueError(
            f"{submission.student}: no cell {sorted(unknown)} in {submission.assignment}; "
            f"there are {sorted(cells)}"
        )
    sources = {**(answers if submission.base == "solution" else {}), **submission.cells}
    for grade_id, source in sources.items():
        cells[grade_id].source = _SEED.sub(lambda m: str(int(m[0]) + submission.shift), source)
    return notebook


def _grade_id(cell: nbformat.NotebookNode) -> str:
    return cell.metadata.get("nbgrader", {}).get("grade_id", "")


def _is_solution(cell: nbformat.NotebookNode) -> bool:
    return cell.metadata.get("nbgrader", {}).get("solution", False)
