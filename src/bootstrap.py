"""Set up the course's environment in ``.venv``, then run one module in it.

    python3 src/bootstrap.py [MODULE [ARGUMENT ...]]

Needs nothing but Python's standard library. It is written in the syntax of Python 3.6, so
that an old Python can at least start it and be told what is missing.

What is installed is exactly ``requirements.lock``, every file checked against its hash, a
batch of packages at a time. What has been done is noted in ``.venv`` after each batch: an
interrupted setup goes on where it stopped, and a finished one is skipped in a few
milliseconds until the lock, ``pyproject.toml`` or the Python version changes.
"""

import contextlib
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time

MINIMUM = (3, 12)
ROOT = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
WINDOWS = os.name == "nt"

#: Packages per call of pip: large enough that starting pip costs little, small enough that
#: an interruption loses only seconds of work.
BATCH = 24

#: Free space that a whole setup needs, in bytes (1.4 GB on Linux, and some air).
SPACE = 2.0e9

#: What the log of a failed command can say, and what to do about it. The first match counts.
CAUSES = (
    (
        r"No space left on device|Errno 28|Disk quota exceeded|not enough space on the disk",
        "the disk is full. Free about {space:.0f} GB under {root} (and some under {tmp})",
    ),
    (
        r"NewConnectionError|ConnectionError|NameResolutionError|getaddrinfo failed"
        r"|Temporary failure in name resolution|Connection refused|Network is unreachable"
        r"|Max retries exceeded|ReadTimeout|ProxyError|connection broken",
        "no package index could be reached. Check the network; behind a proxy set HTTPS_PROXY, "
        "with a mirror set PIP_INDEX_URL",
    ),
    (
        r"DO NOT MATCH THE HASHES",
        "a downloaded file is not the one that requirements.lock names. A proxy or a mirror may "
        "have changed it: try another network",
    ),
    (
        r"No matching distribution found",
        "a package is not offered for this Python or this system. Try another Python, such as "
        "`make PYTHON=python3.13 course`",
    ),
    (
        r"ensurepip is not available|No module named '?ensurepip",
        "this Python cannot make virtual environments. On Debian or Ubuntu run "
        "`apt install python{version}-venv`",
    ),
    (
        r"Permission denied|Access is denied|Errno 13",
        "no permission to write. Check who owns {root} (and its .venv), and close programs that "
        "use it",
    ),
)


class SetupError(Exception):
    """A failure that the user can do something about; its text says what."""


class Log:
    """The log of the setup, opened when the first line is written.

    Parameters
    ----------
    path : str
        Where the log is kept; an older one is overwritten.
    """

    def __init__(self, path):
        self.path = path
        self.lines = []
        self._file = None

    def write(self, line):
        """Keep one line, in memory and on disk."""
        self.lines.append(line)
        if self._file is None:
            os.makedirs(os.path.dirname(self.path), exist_ok=True)
            self._file = open(self.path, "w", encoding="utf-8", errors="replace")  # noqa: SIM115
        self._file.write(line + "\n")
        self._file.flush()

    def close(self):
        """Close the file, if there is one."""
        if self._file is not None:
            self._file.close()


class Progress:
    """One line that says what is under way and for how long.

    On a terminal the line is redrawn every second; elsewhere (a log, CI) a new line is
    printed when the phase changes and then every ten seconds.
    """

    def __init__(self, stream):
        self._stream = stream
        self._terminal = stream.isatty()
        self._start = time.time()
        self._phase = ""
        self._detail = ""
        self._shown = 0.0
        self._lock = threading.Lock()
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._tick, daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *exception):
        self._done.set()
        self._thread.join()
        if self._terminal and self._shown:
            self._stream.write("\n")

    def phase(self, text):
        """Say what is under way from now on."""
        with self._lock:
            self._phase, self._detail = text, ""
        self._show()

    def detail(self, text):
        """Say what it is at; shown at the next tick."""
        self._detail = text

    def _tick(self):
        pause = 1 if self._terminal else 10
        while not self._done.wait(pause):
            self._show()

    def _show(self):
        with self._lock:
            line = "setup {:4.0f} s: {}".format(time.time() - self._start, self._phase)
            if self._detail:
                line += " (" + self._detail + ")"
            if self._terminal:
                width = shutil.get_terminal_size().columns - 1
                self._stream.write("\r" + line[:width].ljust(width))
            else:
                self._stream.write(line + "\n")
            self._stream.flush()
            self._shown = time.time()


def parse_lock(text):
    """Split a lock file into its requirements.

    Parameters
    ----------
    text : str
        What ``requirements.lock`` holds.

    Returns
    -------
    dict of str to str
        For each package's name its whole entry: version, marker and hashes.
    """
    entries = {}
    name = None
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if not line[0].isspace():
            name = re.split(r"[=\[; ]", line, maxsplit=1)[0]
            entries[name] = line
        elif name is not None:
            entries[name] += "\n" + line
    return entries


def digest(text):
    """Return the first half of a text's SHA-256, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:32]


def read_text(path):
    """Return a text file's content."""
    with open(path, encoding="utf-8") as file:
        return file.read()


def diagnose(lines, root):
    """Tell the likely cause of a failure from what the failed command printed.

    Parameters
    ----------
    lines : list of str
        Its output.
    root : str
        The course's folder, for the message.

    Returns
    -------
    str
        What is wrong and what to do about it.
    """
    text = "\n".join(lines[-200:])
    for pattern, message in CAUSES:
        if re.search(pattern, text):
            return message.format(
                root=root,
                space=SPACE / 1e9,
                tmp=os.environ.get("TMPDIR", "the temporary folder"),
                version="{}.{}".format(*sys.version_info[:2]),
            )
    errors = [line for line in lines if line.strip().lower().startswith("error")]
    last = (errors or [line for line in lines if line.strip()] or ["nothing was printed"])[-1]
    return "an unexpected error: " + last.strip()


def check_python():
    """Refuse a Python that is too old or lacks what a virtual environment needs.

    Raises
    ------
    SetupError
        With what to install or which other Python to use.
    """
    if sys.version_info < MINIMUM:
        newer = [
            name
            for name in ("python3.14", "python3.13", "python3.12")
            if _succeeds([name, "-c", ""])
        ]
        advice = "Run" if newer else "Install it, then run"
        raise SetupError(
            "Python {}.{} or newer is needed; this is {}.{}.{} at {}. {} "
            "`make PYTHON={} course`.".format(
                MINIMUM[0],
                MINIMUM[1],
                sys.version_info[0],
                sys.version_info[1],
                sys.version_info[2],
                sys.executable,
                advice,
                newer[0] if newer else "python3.13",
            )
        )
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        raise SetupError(
            "this Python ({}) cannot make virtual environments. On Debian or Ubuntu run "
            "`apt install python{}.{}-venv`; elsewhere install Python from its own "
            "installer.".format(sys.executable, *sys.version_info[:2])
        ) from None


def _succeeds(command):
    """Tell whether a command starts and ends well: a version manager's stand-in may not."""
    try:
        return subprocess.call(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


class Environment:
    """The virtual environment of a course's folder.

    Parameters
    ----------
    root : str
        The course's folder; it holds ``requirements.lock`` and ``pyproject.toml``.
    """

    def __init__(self, root):
        self.root = root
        self.folder = os.path.join(root, ".venv")
        self.scripts = os.path.join(self.folder, "Scripts" if WINDOWS else "bin")
        self.python = os.path.join(self.scripts, "python.exe" if WINDOWS else "python")
        self.state_path = os.path.join(self.folder, "pooling-setup.json")
        self.log = Log(os.path.join(root, "build", "logs", "setup.log"))

    def wanted(self):
        """Return what a finished setup's note says: place, Python, packages, project."""
        lock = parse_lock(read_text(os.path.join(self.root, "requirements.lock")))
        return {
            "location": self.folder,
            "python": "{}.{}.{}".format(*sys.version_info[:3]),
            "packages": {name: digest(entry) for name, entry in lock.items()},
            "project": digest(read_text(os.path.join(self.root, "pyproject.toml"))),
        }

    def state(self):
        """Return the note of what has been done, empty if there is none that can be read."""
        try:
            return json.loads(read_text(self.state_path))
        except (OSError, ValueError):
            return {}

    def ready(self):
        """Tell whether nothing is left to do and the environment's Python starts."""
        state = self.state()
        wanted = self.wanted()
        return all(state.get(key) == wanted[key] for key in wanted) and self._starts()

    def prepare(self, progress):
        """Make, complete or repair the environment.

        Parameters
        ----------
        progress : Progress
            Where to say what is under way.

        Raises
        ------
        SetupError
            With what went wrong and what to do.
        """
        wanted = self.wanted()
        state = self.state()
        same = all(state.get(key, wanted[key]) == wanted[key] for key in ("location", "python"))
        if not (same and self._starts() and self._has_pip()):
            self._check_space(1.0)
            progress.phase("making the virtual environment")
            base = getattr(sys, "_base_executable", None) or sys.executable
            # --clear also mends one that is broken, was moved or belongs to another Python.
            self._run([base, "-m", "venv", "--clear", self.folder])
            state = {}
        state.update(location=wanted["location"], python=wanted["python"])
        self._install_packages(state, wanted, progress)
        if state.get("project") != wanted["project"]:
            progress.phase("installing the course's own package")
            self._pip(["install", "--no-index", "--no-deps", "--no-build-isolation", "-e", "."])
            state["project"] = wanted["project"]
            self._note(state)

    def run(self, module, arguments):
        """Run a module by the environment's Python; on POSIX this does not return.

        The environment's programs come first on PATH: nbgrader looks for ``alembic`` there.
        """
        variables = self._variables()
        command = [self.python, "-m", module, *arguments]
        sys.stdout.flush()
        if not WINDOWS:
            os.execve(self.python, command, variables)
        return subprocess.call(command, env=variables)

    def _variables(self):
        """Return the environment variables of what runs in this environment.

        A user's PYTHONPATH could put other packages before the locked ones, and pip refuses to
        work here if a user's settings say that everything goes to the home folder.
        """
        variables = dict(os.environ, VIRTUAL_ENV=self.folder, PIP_USER="0")
        variables["PATH"] = self.scripts + os.pathsep + variables.get("PATH", "")
        for name in ("PYTHONHOME", "PYTHONPATH"):
            variables.pop(name, None)
        return variables

    def _install_packages(self, state, wanted, progress):
        """Install the lock's entries that are not there yet, and remove those it dropped."""
        entries = parse_lock(read_text(os.path.join(self.root, "requirements.lock")))
        have = state.setdefault("packages", {})
        dropped = sorted(set(have) - set(entries))
        missing = [name for name in entries if have.get(name) != wanted["packages"][name]]
        # A batch that was interrupted may have left half a package that looks whole.
        broken = [name for name in missing if name in state.get("under way", [])]
        if missing:
            self._check_space(len(missing) / len(entries))
        if dropped:
            progress.phase("removing {} packages".format(len(dropped)))
            self._pip(["uninstall", "--yes", *dropped])
            for name in dropped:
                del have[name]
            self._note(state)
        whole = [name for name in missing if name not in broken]
        batches = [(broken, ["--ignore-installed"])] if broken else []
        batches += [(whole[i : i + BATCH], []) for i in range(0, len(whole), BATCH)]
        done = len(entries) - len(missing)
        for names, options in batches:
            progress.phase("{} of {} packages installed".format(done, len(entries)))
            state["under way"] = names
            self._note(state)
            requirements = os.path.join(self.folder, "pooling-batch.txt")
            with self._writing(), open(requirements, "w", encoding="utf-8") as file:
                file.write("\n".join(entries[name] for name in names) + "\n")
            self._pip(
                # The lock holds the dependencies of dependencies too, hence --no-deps. Only
                # ready-made packages: to build one takes compilers, and runs strangers' code.
                # Bytecode is left to the first import, which needs a part of it only.
                [
                    *["install", "--require-hashes", "--no-deps", "--only-binary", ":all:"],
                    *["--no-compile", "--progress-bar", "off", "-r", requirements, *options],
                ],
                progress,
            )
            for name in names:
                have[name] = wanted["packages"][name]
            del state["under way"]
            self._note(state)
            done += len(names)

    def _pip(self, arguments, progress=None):
        self._run([self.python, "-m", "pip", "--disable-pip-version-check", *arguments], progress)

    def _run(self, command, progress=None):
        """Run a command with its output in the log; raise SetupError if it fails."""
        with self._writing():
            self.log.write("$ " + " ".join(command))
            process = subprocess.Popen(
                command,
                cwd=self.root,
                env=self._variables(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                universal_newlines=True,
                errors="replace",
            )
            first = len(self.log.lines)
            for line in process.stdout or ():
                self.log.write(line.rstrip())
                match = re.match(r"Collecting (\S+?)(==|$| )|(Installing) collected", line.strip())
                if match and progress:
                    progress.detail(match.group(1) or "unpacking")
            if process.wait():
                raise SetupError(diagnose(self.log.lines[first:], self.root) + ".")

    def _note(self, state):
        """Write down what has been done, so that no crash can leave half a note."""
        with self._writing():
            with open(self.state_path + ".new", "w", encoding="utf-8") as file:
                json.dump(state, file, indent=1, sort_keys=True)
            os.replace(self.state_path + ".new", self.state_path)

    @contextlib.contextmanager
    def _writing(self):
        """Turn the operating system's refusals into one line that says what to do."""
        try:
            yield
        except OSError as error:
            raise SetupError(diagnose([str(error)], self.root) + ".") from error

    def _check_space(self, share):
        free = shutil.disk_usage(self.root).free
        if free < SPACE * share:
            raise SetupError(
                "the disk is full: {:.1f} GB are free under {}, about {:.1f} GB are needed. "
                "Free some.".format(free / 1e9, self.root, SPACE * share / 1e9)
            )

    def _starts(self):
        """Tell whether the environment's Python runs and is of the version that runs now."""
        code = "import sys; print('%d.%d.%d' % sys.version_info[:3])"
        try:
            out = subprocess.check_output(
                [self.python, "-I", "-c", code], stderr=subprocess.DEVNULL, universal_newlines=True
            )
        except (OSError, subprocess.CalledProcessError):
            return False
        return out.strip() == self.wanted()["python"]

    def _has_pip(self):
        return _succeeds([self.python, "-I", "-c", "import pip._internal.cli.main"])


@contextlib.contextmanager
def only_one(root):
    """Let one setup at a time work in a folder; the next one waits for it.

    The operating system frees the lock when its holder ends, however it ends.
    """
    path = os.path.join(root, "build", "setup.lock")
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as file:
        if sys.platform == "win32":
            import msvcrt

            while True:
                try:
                    msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
                    break
                except OSError:
                    continue
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def main(arguments, root=ROOT):
    """Set up, then run the module that the arguments name, if any.

    Parameters
    ----------
    arguments : list of str
        A module's name and its arguments; may be empty.
    root : str
        The course's folder.

    Returns
    -------
    int
        The exit code.
    """
    environment = Environment(root)
    try:
        check_python()
        if not environment.ready():
            with only_one(root), Progress(sys.stderr) as progress:
                environment.prepare(progress)
    except KeyboardInterrupt:
        print("setup stopped. The same command goes on where it stopped.", file=sys.stderr)
        return 130
    except (SetupError, OSError) as error:
        text = str(error) if isinstance(error, SetupError) else diagnose([str(error)], root) + "."
        print("setup failed: " + text, file=sys.stderr)
        if environment.log.lines:
            print("The log: " + environment.log.path, file=sys.stderr)
            print("Then run the same command again: it goes on where it stopped.", file=sys.stderr)
        return 1
    finally:
        environment.log.close()
    return environment.run(arguments[0], arguments[1:]) if arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
