"""Run steps: those whose turn it is, and only if something has changed.

`Runner` starts the steps whose turn it is, two at a time on a machine with two cores, shows what
they are at, keeps their output in ``build/logs`` and remembers the hashes of what went in and
came out: a step whose files are as they were is skipped, so a second run after a failure starts
at the failed step and an unchanged course takes seconds.
"""

import contextlib
import errno
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from pooling.running.folder import CourseError, fingerprint
from pooling.running.logs import NOISE, diagnose, telling_lines
from pooling.running.steps import STEPS, Step

#: Free space without which no step is started, in bytes: the largest one writes about half.
SPACE = 0.5e9


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
