"""Run nbgrader's own commands, the stock ones, with the course's settings."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from pooling.running import warm as warm_kernels


class NbgraderError(RuntimeError):
    """An nbgrader command failed; the message holds what it printed."""


def open_course(course: Path, root: Path) -> Path:
    """Make a fresh nbgrader course with this course's settings and solutions.

    Parameters
    ----------
    course : Path
        The repository's root.
    root : Path
        Folder of the new course; it gets its own gradebook, and an instructor's is left alone.

    Returns
    -------
    Path
        The root.
    """
    root.mkdir(parents=True, exist_ok=True)
    shutil.copy(course / "nbgrader_config.py", root)
    shutil.copytree(
        course / "solutions",
        root / "solutions",
        ignore=shutil.ignore_patterns(".ipynb_checkpoints"),
    )
    return root


def nbgrader(
    *arguments: str,
    root: Path,
    watch: Callable[[str], None] | None = None,
    warm: bool = False,
) -> str:
    """Run one nbgrader command in the folder of an nbgrader course.

    Parameters
    ----------
    *arguments : str
        As on its command line.
    root : Path
        Where ``nbgrader_config.py`` is.
    watch : callable, optional
        Gets each line that it prints, as it prints it.
    warm : bool
        Fork the notebooks' kernels from a warm process, see `pooling.running.warm`.

    Returns
    -------
    str
        What it printed.

    Raises
    ------
    NbgraderError
        If it ended with an error.
    """
    # nbgrader calls alembic by its name.
    scripts = str(Path(sys.executable).parent)
    environment = {**os.environ, "PATH": os.pathsep.join([scripts, os.environ.get("PATH", "")])}
    if warm:
        environment[warm_kernels.VARIABLE] = warm_kernels.NAME
    lines = []
    with subprocess.Popen(
        [sys.executable, "-m", "nbgrader", *arguments],
        cwd=root,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            lines.append(line)
            if watch is not None:
                watch(line)
    printed = "".join(lines)
    if process.returncode != 0:
        raise NbgraderError(f"nbgrader {' '.join(arguments)} failed:\n{printed}")
    return printed


def assignments(course: Path) -> list[str]:
    """Names of the assignments, in order."""
    return sorted(p.parent.name for p in (course / "solutions").glob("*/*.ipynb"))
