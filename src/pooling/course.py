"""Build the course: the book, the released exercises and the rehearsal class.

Each is a `Step`: a command with the files that it reads and writes. `Runner` starts the steps
whose turn it is, two at a time on a machine with two cores, shows what they are at, keeps
their output in ``build/logs`` and remembers the hashes of what went in and came out: a step
whose files are as they were is skipped, so a second run after a failure starts at the failed
step and an unchanged course takes seconds.
"""

import contextlib
import errno
import fnmatch
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

__all__ = [
    "STEPS",
    "CourseError",
    "Runner",
    "Step",
    "build",
    "diagnose",
    "find_root",
    "fingerprint",
]

#: Free space without which no step is started, in bytes: the largest one writes about half.
SPACE = 0.5e9

#: What never counts as input or output: leftovers of tools that change by themselves.
LEFTOVERS = ("__pycache__", ".ipynb_checkpoints", ".DS_Store", "*.pyc")

#: Lines of a log that nobody needs to see: kernels always listen on this machine only.
NOISE = re.compile(r"Kernel is running over TCP")

#: What the log of a failed step can say, and what to do about it. The first match counts.
CAUSES = (
    (
        r"No space left on device|Errno 28|Disk quota exceeded|not enough space on the disk"
        r"|database or disk is full",
        "the disk is full. Free about 1 GB under {root}",
    ),
    (
        r"Address already in use|Errno 98|Errno 48|WinError 10048",
        "a port that it needs is in use by another program. Close other notebook servers",
    ),
    (
        r"Temporary failure in name resolution|getaddrinfo failed|NameResolutionError"
        r"|Network is unreachable|Max retries exceeded",
        "something asked for the network, which the course does not need once it is set up. "
        "Please report it, with the log",
    ),
    (
        r"ModuleNotFoundError|No module named|PackageNotFoundError",
        "the environment lacks a package. Run `make clean`, then the same command",
    ),
    (
        r"MemoryError|Cannot allocate memory|DeadKernelError|Kernel died",
        "the machine ran out of memory, or the notebook's kernel died. Close other programs; "
        "the course needs 4 GB",
    ),
    (
        r"Permission denied|Access is denied",
        "no permission to write. Check who owns the files under {root}",
    ),
)


class CourseError(Exception):
    """A failure that the user can do something about; its text says what."""


@dataclass(frozen=True)
class Step:
    """One command of the course, with what it reads and writes.

    Attributes
    ----------
    name : str
        What it is called on the command line and in ``build``.
    title : str
        What it does, for the reader of the progress line.
    command : tuple of str
        Program and arguments, run in the course's folder; the program ``python`` is the one
        that runs now.
    inputs, outputs : tuple of str
        Files and folders, relative to the course's folder.
    ignored : tuple of str
        Patterns of input files that the step does not depend on.
    after : tuple of str
        Names of earlier steps that must be done before.
    report : str
        A file whose text is shown at the end, also when the step has failed.
    worked_on : bool
        People may have worked in the outputs: what is not as this step left it is kept aside.
    asked_for : bool
        Only runs when it is named.
    """

    name: str
    title: str
    command: tuple[str, ...]
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    ignored: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    report: str = ""
    worked_on: bool = False
    asked_for: bool = False


BOOK_INDEX = "build/book/_build/html/index.html"

# What runs the steps is no part of what they make: changing it must not rebuild the book.
_HOUSEHOLD = tuple(
    f"src/pooling/{name}.py"
    for name in ("__main__", "browser", "cli", "course", "doctor", "publish", "read")
)


def _rehearsal(name: str, title: str, out: str, *options: str) -> Step:
    """A step that grades labelled submissions."""
    return Step(
        name=name,
        title=title,
        command=("python", "-m", "pooling.grading.rehearsal", "--out", out, *options),
        inputs=(
            *("solutions", "exercises", "tests/corpus", "nbgrader_config.py"),
            *("src/pooling", "requirements.lock"),
        ),
        outputs=tuple(f"{out}/{n}" for n in ("table.txt", "table.json", "summary.txt")),
        ignored=(*_HOUSEHOLD, "src/pooling/plots.py", "*.mplstyle"),
        after=("fonts", "release"),
        report=f"{out}/summary.txt",
        asked_for=bool(options),
    )


#: The course. Of the steps whose turn it is the first ones start first.
STEPS = (
    Step(
        # Matplotlib makes its list of fonts at its first use and, where that takes long, says
        # so on stderr: inside a graded cell or a page of the book that would be a failure.
        name="fonts",
        title="listing the fonts for the figures",
        command=("python", "-c", "import matplotlib.font_manager"),
        inputs=("requirements.lock",),
        outputs=("build/settings/matplotlib",),
    ),
    Step(
        name="release",
        title="releasing the exercises",
        command=("python", "-m", "pooling.grading.release"),
        inputs=("solutions", "nbgrader_config.py", "src/pooling/grading", "requirements.lock"),
        outputs=("exercises",),
        worked_on=True,
    ),
    Step(
        name="book",
        title="building the book, every notebook executed",
        command=(
            *("jupyter-book", "build", "book", "--config", "_config.yml"),
            *("--path-output", "build/book"),
            # A warning fails the build, at its end: one run shows all of them.
            *("-W", "--keep-going"),
        ),
        # The exercises are downloads of the book; what was measured is shown in it.
        inputs=(
            *("book", "_config.yml", "exercises", "src/pooling", "requirements.lock"),
            *("benchmarks/honest_runs.csv", "benchmarks/power.csv", "tests/corpus"),
        ),
        outputs=("build/book/_build/html",),
        ignored=(*_HOUSEHOLD, "src/pooling/grading/*"),
        after=("fonts", "release"),
    ),
    Step(
        name="paper",
        title="making the PDF and the EPUB",
        command=("python", "-m", "pooling.publish"),
        inputs=("book", "_config.yml", "src/pooling/publish.py", "build/book/_build/html"),
        outputs=("build/borrowing-strength.pdf", "build/borrowing-strength.epub"),
        after=("book",),
        asked_for=True,
    ),
    _rehearsal("rehearse", "grading the rehearsal class", "build/rehearsal"),
    # A few dozen runs of whole chapters: weekly, and before a change of many chapters is published.
    Step(
        name="seeds",
        title="running the chapters with other seeds",
        command=("python", "benchmarks/other_seeds.py"),
        inputs=("book", "benchmarks/other_seeds.py", "src/pooling", "requirements.lock"),
        outputs=("benchmarks/other_seeds.csv",),
        ignored=(*_HOUSEHOLD, "src/pooling/grading/*"),
        after=("fonts",),
        asked_for=True,
    ),
    # Everybody else of the corpus: half an hour, and of interest to who changes the grader.
    _rehearsal("bank", "grading the rest of the corpus", "build/bank", "--rest"),
)


def find_root() -> Path:
    """Return the course's folder: the clone that this package is run from.

    Raises
    ------
    CourseError
        If the package was installed without the course around it.
    """
    for folder in (Path(__file__).resolve().parents[2], Path.cwd()):
        if (folder / "requirements.lock").is_file() and (folder / "_config.yml").is_file():
            return folder
    raise CourseError("no course here. Run this in the folder of a clone of Borrowing Strength")


def _files(root: Path, paths: Iterable[str], ignored: Sequence[str]) -> Iterator[tuple[str, Path]]:
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
    for name, file in _files(root, paths, ignored):
        content = hashlib.sha256(file.read_bytes()).hexdigest()
        digest.update(f"{name}\0{content}\0".encode())
    return digest.hexdigest()


def diagnose(text: str, root: Path) -> str:
    """Tell the likely cause of a failure from the end of a log.

    Parameters
    ----------
    text : str
        What the failed command printed last.
    root : Path
        The course's folder, for the message.

    Returns
    -------
    str
        What is wrong and what to do about it; empty if the log has no known cause in it.
    """
    for pattern, message in CAUSES:
        if re.search(pattern, text):
            return message.format(root=root)
    return ""


def telling_lines(lines: Sequence[str], most: int = 12) -> list[str]:
    """Pick the lines of a log that tell why a command failed.

    Parameters
    ----------
    lines : sequence of str
        The end of the log.
    most : int
        How many to return.

    Returns
    -------
    list of str
        The last lines that name an error or a warning, or if there are none the last lines.
    """
    named = [
        line
        for line in lines
        if re.search(r"error|warning|exception", line, re.IGNORECASE)
        # A traceback's own lines of code name errors without saying anything.
        and not re.match(r"raise |except |File |[~^ ]+$", line)
    ]
    return (named or list(lines))[-most:]


@dataclass
class _Running:
    """A step under way."""

    step: Step
    process: subprocess.Popen
    log: Path
    inputs: str
    kept: Path | None = None
    start: float = field(default_factory=time.monotonic)

    def tail(self, size: int = 4096) -> list[str]:
        """Return the last lines of the log, without colors and redrawn lines."""
        with self.log.open("rb") as file:
            file.seek(0, os.SEEK_END)
            file.seek(max(0, file.tell() - size))
            text = file.read().decode("utf-8", errors="replace")
        text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text)
        lines = (line.rstrip().rpartition("\r")[2].strip() for line in text.split("\n"))
        return [line for line in lines if line and not NOISE.search(line)]


class Runner:
    """Run steps, skipping those that are up to date.

    Parameters
    ----------
    root : Path
        The course's folder.
    steps : sequence of Step
        What to run; a step's `after` may name only steps before it.
    jobs : int
        How many steps may run at the same time.
    force : bool
        Run steps that are up to date, too.
    stream : file
        Where progress is shown: one line redrawn every half second on a terminal, a line every
        ten seconds elsewhere.
    """

    def __init__(
        self,
        root: Path,
        steps: Sequence[Step] = STEPS,
        *,
        jobs: int = 2,
        force: bool = False,
        stream: TextIO | None = None,
    ) -> None:
        for number, step in enumerate(steps):
            unknown = set(step.after) - {before.name for before in steps[:number]}
            if unknown:
                raise ValueError(f"{step.name} waits for {unknown}, which no step before it is")
        self.root = root
        self.steps = steps
        self.jobs = jobs
        self.force = force
        self.stream = stream or sys.stderr
        self._terminal = self.stream.isatty()
        self._start = time.monotonic()
        self._drawn = 0.0
        self._running: list[_Running] = []

    def run(self) -> None:
        """Run all steps, in their order and as far as possible at the same time.

        When one fails, those under way are finished, for a later run to build on.

        Raises
        ------
        CourseError
            If a step failed: its name, the likely cause, the last lines and path of its log.
        """
        failures: list[str] = []
        try:
            with self._alone():
                self._run(failures)
        except OSError as error:
            hint = diagnose(str(error), self.root) or str(error)
            if error.errno == errno.ENOSPC:
                hint = diagnose("Errno 28", self.root)
            failures.append(f"The course failed: {hint}.")
        finally:
            self._stop()
        if failures:
            raise CourseError("\n".join(failures))

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Let one run at a time work in a folder; the next one waits, and finds its work done."""
        # Here, since a student's installation has neither this library nor a course to build.
        from filelock import FileLock, Timeout

        folder = self.root / "build"
        folder.mkdir(exist_ok=True)
        lock = FileLock(folder / "course.lock")
        try:
            lock.acquire(timeout=0)
        except Timeout:
            self._say("another run is at work in this folder; waiting for it")
            lock.acquire()
        try:
            yield
        finally:
            lock.release()

    def _run(self, failures: list[str]) -> None:
        waiting = list(self.steps)
        done: set[str] = set()
        while self._running or (waiting and not failures):
            for step in [] if failures else list(waiting):
                if len(self._running) < self.jobs and done.issuperset(step.after):
                    waiting.remove(step)
                    self._begin(step, done)
            for running in list(self._running):
                if running.process.poll() is not None:
                    self._running.remove(running)
                    self._end(running, done, failures)
            self._draw()
            if self._running:
                time.sleep(0.1)

    # -- one step ---------------------------------------------------------------------------

    def _begin(self, step: Step, done: set[str]) -> None:
        inputs = self._inputs(step)
        note = self._note(step)
        if not self.force and self._read(note) == {"inputs": inputs, "outputs": self._out(step)}:
            done.add(step.name)
            self._say(f"{step.name}: unchanged")
            return
        free = shutil.disk_usage(self.root).free
        if free < SPACE:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        kept = self._keep(step) if step.worked_on else None
        note.unlink(missing_ok=True)
        if step.report:
            (self.root / step.report).unlink(missing_ok=True)
        log = self.root / "build" / "logs" / f"{step.name}.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        environment = self._environment()
        program, *arguments = step.command
        if program == "python":
            program = sys.executable
        else:
            program = shutil.which(program, path=environment["PATH"]) or program
        self._say(f"{step.name}: {step.title}")
        with log.open("wb") as file:
            process = subprocess.Popen(
                [program, *arguments],
                cwd=self.root,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
            )
        self._running.append(_Running(step, process, log, inputs, kept))

    def _end(self, running: _Running, done: set[str], failures: list[str]) -> None:
        step, code = running.step, running.process.returncode
        seconds = time.monotonic() - running.start
        missing = [path for path in step.outputs if not (self.root / path).exists()]
        if running.kept:
            self._settle(step, running.kept)
        if code == 0 and not missing:
            note = self._note(step)
            note.parent.mkdir(parents=True, exist_ok=True)
            # Inputs that changed under way are not the ones that were used: hash from before.
            record = {"inputs": running.inputs, "outputs": self._out(step)}
            note.write_text(json.dumps(record), encoding="utf-8")
            done.add(step.name)
            self._say(f"{step.name}: done in {seconds:.0f} s")
            return
        why = f"exit code {code}" if code else f"it wrote no {', '.join(missing)}"
        lines = running.tail(100_000)
        hint = diagnose("\n".join(lines), self.root)
        line = f"{step.name} failed ({step.title}; {why})" + (f": {hint}." if hint else ".")
        others = ", ".join(other.step.name for other in self._running)
        self._say(f"{step.name}: failed" + (f"; finishing {others}" if others else ""))
        if step.report and (self.root / step.report).is_file():
            told = f"What it found is shown above. Its log: {running.log}"
        else:
            last = "".join(f"\n  | {line}" for line in telling_lines(lines))
            told = f"From its log, {running.log}:{last}"
        failures.append(
            f"{line}\n{told}\nThen run the same command again: it goes on with this step."
        )

    def _keep(self, step: Step) -> Path | None:
        """Copy outputs that are not as this step left them, before it writes over them."""
        record = self._read(self._note(step)) or {}
        if record.get("outputs") == self._out(step):
            return None
        kept = self.root / "kept" / time.strftime("%Y-%m-%d-%H%M%S")
        for path in step.outputs:
            if (self.root / path).is_dir():
                shutil.copytree(self.root / path, kept / path, dirs_exist_ok=True)
        return kept

    def _settle(self, step: Step, kept: Path) -> None:
        """Drop a copy that is as what the step made, or say where somebody's work is."""
        if not kept.exists():
            return
        if fingerprint(kept, step.outputs) == self._out(step):
            shutil.rmtree(kept, ignore_errors=True)
            with contextlib.suppress(OSError):  # others' work may be beside it
                kept.parent.rmdir()
            return
        self._say(f"{step.name}: {', '.join(step.outputs)} had been changed; what was there is")
        self._say(f"{step.name}: kept in {kept}")

    def _stop(self) -> None:
        """End what is still under way: the user, or a failure of this process, said so."""
        for running in self._running:
            running.process.terminate()
        for running in self._running:
            try:
                running.process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                running.process.kill()
                running.process.wait()
        self._running.clear()

    def _environment(self) -> dict[str, str]:
        """Return the steps' environment: the same on all machines.

        The programs of this Python's environment come first on PATH (nbgrader looks for
        ``alembic`` there), and a user's own settings and start-up scripts of Jupyter, IPython
        and Matplotlib stay out of the book and the grades.
        """
        build = self.root / "build"
        scripts = str(Path(sys.executable).parent)
        return os.environ | {
            "PATH": scripts + os.pathsep + os.environ.get("PATH", ""),
            "PYTHONUNBUFFERED": "1",  # or the progress line has nothing to show
            "PYTHONUTF8": "1",
            "PYTHONNOUSERSITE": "1",
            "NO_COLOR": "1",
            "JUPYTER_CONFIG_DIR": str(build / "settings" / "jupyter"),
            "JUPYTER_PREFER_ENV_PATH": "1",
            "IPYTHONDIR": str(build / "settings" / "ipython"),
            "MPLCONFIGDIR": str(build / "settings" / "matplotlib"),
            "MPLBACKEND": "agg",
        }

    # -- hashes -----------------------------------------------------------------------------

    def _inputs(self, step: Step) -> str:
        command = hashlib.sha256("\0".join(step.command).encode()).hexdigest()
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        return f"{fingerprint(self.root, step.inputs, step.ignored)} {command} {version}"

    def _out(self, step: Step) -> str:
        missing = [path for path in step.outputs if not (self.root / path).exists()]
        return f"missing: {missing}" if missing else fingerprint(self.root, step.outputs)

    def _note(self, step: Step) -> Path:
        return self.root / "build" / "steps" / f"{step.name}.json"

    @staticmethod
    def _read(note: Path) -> dict | None:
        try:
            return json.loads(note.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None

    # -- progress ---------------------------------------------------------------------------

    def _elapsed(self) -> str:
        return f"{time.monotonic() - self._start:4.0f} s"

    def _say(self, text: str) -> None:
        """Print a line that stays."""
        line = f"{self._elapsed()}  {text}"
        if self._terminal:
            line = line.ljust(shutil.get_terminal_size().columns - 1)
            self.stream.write("\r")
        self.stream.write(line + "\n")
        self.stream.flush()
        self._drawn = time.monotonic()

    def _draw(self) -> None:
        """Show what the steps under way are at, if it is time to."""
        now = time.monotonic()
        if not self._running or now - self._drawn < (0.5 if self._terminal else 10):
            return
        self._drawn = now
        width = shutil.get_terminal_size().columns - 1 if self._terminal else 160
        share = max(20, (width - 8) // len(self._running) - 3)
        parts = []
        for running in self._running:
            last = (running.tail() or ["starting"])[-1]
            parts.append(f"{running.step.name}: {last}"[:share])
        line = f"{self._elapsed()}  {' | '.join(parts)}"
        if self._terminal:
            self.stream.write("\r" + line[:width].ljust(width))
        else:
            self.stream.write(line + "\n")
        self.stream.flush()


def build(root: Path, names: Sequence[str] = (), *, force: bool = False) -> None:
    """Run the course's steps and print what the user came for.

    Parameters
    ----------
    root : Path
        The course's folder.
    names : sequence of str
        The steps to run, with those that they need; if empty, all but those that are only run
        when they are asked for.
    force : bool
        Run steps that are up to date, too.

    Raises
    ------
    CourseError
        If a step failed, or there is no step of such a name.
    """
    known = {step.name: step for step in STEPS}
    for name in names:
        if name not in known:
            raise CourseError(f"no step is called {name}. The steps are {', '.join(known)}")
    wanted = set(names or (name for name, step in known.items() if not step.asked_for))
    while before := {name for step in wanted for name in known[step].after} - wanted:
        wanted |= before
    steps = [step for step in STEPS if step.name in wanted]
    try:
        Runner(root, steps, force=force).run()
    finally:
        for step in steps:
            report = root / step.report
            if step.report and report.is_file():
                print(report.read_text(encoding="utf-8").rstrip() + "\n")
    if "book" in wanted:
        index = root / BOOK_INDEX
        print(f"The book: {index}")
        print("Read it: `make read`, or open that file in a browser.")
