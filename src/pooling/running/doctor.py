"""Check that a machine has what the course needs, a line for each finding."""

import importlib
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

from pooling.running.folder import CourseError, find_root

#: What every notebook imports, in this order.
NEEDED = ("numpy", "scipy", "matplotlib", "xarray", "arviz", "pymc", "nutpie")

#: Names of programs that a browser test can drive, and where they are if not on PATH.
BROWSERS = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)


class Finding(NamedTuple):
    """What one check found.

    Attributes
    ----------
    grade : str
        ``ok``, ``note`` (something optional is missing) or ``FAIL``.
    text : str
        What was found, and what to do about it.
    """

    grade: str
    text: str


def check_python() -> Iterator[Finding]:
    """Tell which Python runs, and whether it has the bits that the libraries are made for."""
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.maxsize > 2**32:
        yield Finding("ok", f"Python {version} at {sys.executable}")
    else:
        yield Finding("FAIL", f"Python {version} is a 32-bit one: install a 64-bit Python")


def check_imports() -> Iterator[Finding]:
    """Import each library that the notebooks use."""
    for name in NEEDED:
        start = time.perf_counter()
        try:
            module = importlib.import_module(name)
        # Whatever a broken installation raises (OSError for a missing DLL, ...) is a finding.
        except Exception as error:
            yield Finding("FAIL", f"{name} cannot be imported ({error}): reinstall it")
        else:
            seconds = time.perf_counter() - start
            version = getattr(module, "__version__", "")
            yield Finding("ok", f"{name} {version}, imported in {seconds:.1f} s")


def locked_versions(text: str) -> dict[str, tuple[str, bool]]:
    """Read the versions that a lock file names.

    Parameters
    ----------
    text : str
        What ``requirements.lock`` holds.

    Returns
    -------
    dict
        For each package its version, and whether it is for some systems only.
    """
    pattern = re.compile(r"^([A-Za-z0-9_.-]+)==([^\s;\\]+)([^\\\n]*)", re.MULTILINE)
    return {m[1]: (m[2], ";" in m[3]) for m in pattern.finditer(text)}


def check_lock(lock: Path) -> Iterator[Finding]:
    """Compare the installed versions with the locked ones.

    Parameters
    ----------
    lock : Path
        The lock file; without one (a student's installation) there is nothing to compare.
    """
    if not lock.is_file():
        yield Finding("note", "no requirements.lock here: versions are not compared")
        return
    wanted = locked_versions(lock.read_text(encoding="utf-8"))
    wrong = []
    for name, (version, conditional) in wanted.items():
        try:
            installed = metadata.version(name)
        except metadata.PackageNotFoundError:
            if not conditional:
                wrong.append(f"{name} {version} is not installed")
            continue
        if installed != version:
            wrong.append(f"{name} is {installed}, the lock says {version}")
    if wrong:
        yield Finding("FAIL", "; ".join(wrong) + ": run `make clean`, then `make course`")
    else:
        yield Finding("ok", f"all {len(wanted)} locked packages have their versions")


def check_disk(folder: Path) -> Iterator[Finding]:
    """Check that a folder can be written to and has room.

    Parameters
    ----------
    folder : Path
        Where the course is built, or where the student works.
    """
    free = shutil.disk_usage(folder).free / 1e9
    if free < 1:
        yield Finding("FAIL", f"only {free:.1f} GB free under {folder}: the course needs 1 GB")
    else:
        yield Finding("ok", f"{free:.0f} GB free under {folder}")
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        yield Finding("FAIL", f"cannot write to {folder} ({error.strerror}): check who owns it")
    else:
        yield Finding("ok", f"{folder} can be written to")


def check_programs(path: str) -> Iterator[Finding]:
    """Look for the programs that parts of the course call.

    Parameters
    ----------
    path : str
        The folders to search, as in the environment variable PATH.
    """
    try:
        metadata.version("nbgrader")
    except metadata.PackageNotFoundError:
        yield Finding("note", "nbgrader is not installed: enough to study, not to grade")
    else:
        if shutil.which("alembic", path=path):
            yield Finding("ok", "alembic is on PATH, nbgrader finds it")
        else:
            yield Finding(
                "FAIL",
                "alembic is not on PATH, nbgrader cannot make its database: "
                f"activate the environment, or add {Path(sys.executable).parent} to PATH",
            )
    if shutil.which("git", path=path):
        yield Finding("ok", "git is there")
    else:
        yield Finding("note", "git is not there: install it to fetch and contribute changes")
    browser = next((name for name in BROWSERS if shutil.which(name, path=path)), None)
    if browser:
        yield Finding("ok", f"{Path(browser).stem} is there, the browser tests can run")
    else:
        yield Finding(
            "note",
            "no Chromium: the browser tests are skipped "
            "(Debian: apt install chromium; macOS: brew install --cask chromium)",
        )


def examine() -> Iterator[Finding]:
    """Run all checks, on the clone around this package or on the current folder."""
    try:
        folder = find_root()
    except CourseError:
        folder = Path.cwd()
    checks: tuple[Callable[[], Iterator[Finding]], ...] = (
        check_python,
        lambda: check_disk(folder),
        lambda: check_lock(folder / "requirements.lock"),
        lambda: check_programs(os.environ.get("PATH", "")),
        check_imports,
    )
    for check in checks:
        yield from check()


def main() -> int:
    """Print the findings as they come; return 1 if one of them is a failure."""
    failed = 0
    for finding in examine():
        print(f"{finding.grade:<5}{finding.text}", flush=True)
        failed += finding.grade == "FAIL"
    print("This machine is ready." if not failed else f"{failed} to mend; each line says how.")
    return int(failed > 0)
