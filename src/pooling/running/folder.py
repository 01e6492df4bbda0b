"""The course's folder: where it is, and the hashes of what lies in it."""

import fnmatch
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

#: What never counts as input or output: leftovers of tools that change by themselves.
LEFTOVERS = ("__pycache__", ".ipynb_checkpoints", ".DS_Store", "*.pyc")


class CourseError(Exception):
    """A failure that the user can do something about; its text says what."""


def find_root() -> Path:
    """Return the course's folder: the clone that this package is run from.

    Raises
    ------
    CourseError
        If the package was installed without the course around it.
    """
    for folder in (Path(__file__).resolve().parents[3], Path.cwd()):
        if (folder / "requirements.lock").is_file() and (folder / "_config.yml").is_file():
            return folder
    raise CourseError("no course here. Run this in the folder of a clone of Borrowing Strength")


def files(root: Path, paths: Iterable[str], ignored: Sequence[str]) -> Iterator[tuple[str, Path]]:
    """Yield the relative name and the path of each file, in one order on all systems."""
    for path in paths:
        top = root / path
        found = [top] if top.is_file() else sorted(p for p in top.rglob("*") if p.is_file())
        for file in found:
            name = file.relative_to(root).as_posix()
            leftover = any(
                fnmatch.fnmatchcase(part, pattern)
                for part in Path(name).parts
                for pattern in LEFTOVERS
            )
            if not leftover and not any(fnmatch.fnmatchcase(name, p) for p in ignored):
                yield name, file


def fingerprint(root: Path, paths: Iterable[str], ignored: Sequence[str] = ()) -> str:
    """Hash the names and contents of files.

    Parameters
    ----------
    root : Path
        The folder that the paths are relative to.
    paths : iterable of str
        Files and folders; one that is missing counts as such.
    ignored : sequence of str
        Patterns of relative names to leave out.

    Returns
    -------
    str
        A SHA-256 in hexadecimal.
    """
    digest = hashlib.sha256()
    for name, file in files(root, paths, ignored):
        content = hashlib.sha256(file.read_bytes()).hexdigest()
        digest.update(f"{name}\0{content}\0".encode())
    return digest.hexdigest()
