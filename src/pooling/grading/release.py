"""Generate the students' exercises from the solutions.

``python -m pooling.grading.release`` writes ``exercises/`` anew. It uses a gradebook of its own,
so that an instructor's is left alone.
"""

import shutil
import sys
import tempfile
from pathlib import Path

from pooling.grading.nbgrader import NbgraderError, assignments, nbgrader, open_course
from pooling.running.folder import find_root


def release(course: Path, destination: Path) -> list[Path]:
    """Generate the released notebooks of all assignments.

    Parameters
    ----------
    course : Path
        The repository's root.
    destination : Path
        Folder that gets one folder for each assignment; those are replaced.

    Returns
    -------
    list of Path
        The notebooks written.

    Raises
    ------
    NbgraderError
        If nbgrader finds fault with a solution.
    """
    written = []
    with tempfile.TemporaryDirectory() as scratch:
        root = open_course(course, Path(scratch))
        nbgrader("generate_assignment", "*", root=root)  # all by one command, which starts slowly
        for assignment in assignments(course):
            target = destination / assignment
            shutil.rmtree(target, ignore_errors=True)
            shutil.copytree(root / "exercises" / assignment, target)
            written += sorted(target.glob("*.ipynb"))
    return written


def main() -> int:
    course = find_root()
    try:
        notebooks = release(course, course / "exercises")
    except NbgraderError as error:
        print(error, file=sys.stderr)
        return 1
    for notebook in notebooks:
        print(notebook.relative_to(course).as_posix())
    return 0


if __name__ == "__main__":
    sys.exit(main())
