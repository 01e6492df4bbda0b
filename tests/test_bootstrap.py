"""The setup: what it says when it cannot work, and that it goes on where it stopped.

The environments here are real ones, made by this Python's venv and pip, but the packages in
them are made by the tests, so that nothing is downloaded.
"""

import ast
import hashlib
import importlib.util
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "bootstrap.py"

spec = importlib.util.spec_from_file_location("bootstrap", SOURCE)
assert spec
assert spec.loader
bootstrap = importlib.util.module_from_spec(spec)
spec.loader.exec_module(bootstrap)


# -- the lock ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def lock() -> dict[str, str]:
    """The entries of the course's own lock."""
    return bootstrap.parse_lock((ROOT / "requirements.lock").read_text(encoding="utf-8"))


def test_lock_has_no_addresses():
    assert "://" not in (ROOT / "requirements.lock").read_text(encoding="utf-8")


def test_each_locked_package_is_pinned_and_hashed(lock):
    assert len(lock) > 100
    for name, entry in lock.items():
        assert re.match(rf"{re.escape(name)}==[^\s;]+", entry), entry
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), entry


def test_lock_holds_what_pyproject_asks_for(lock):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = [
        *project["project"]["dependencies"],
        *(name for extra in project["project"]["optional-dependencies"].values() for name in extra),
        *project["build-system"]["requires"],
    ]
    for text in asked:
        requirement = Requirement(text)
        if requirement.name == project["project"]["name"]:  # one extra takes in another
            assert requirement.extras <= set(project["project"]["optional-dependencies"])
            continue
        name = re.sub(r"[-_.]+", "-", requirement.name).lower()
        assert name in lock, f"{text} is not locked: run `make lock`"
        version = lock[name].split()[0].partition("==")[2]
        assert requirement.specifier.contains(version), f"{text}, locked {version}: `make lock`"


# -- what it says -----------------------------------------------------------------------------


def test_old_pythons_can_read_it():
    source = SOURCE.read_text(encoding="utf-8")
    # 3.7 is the oldest syntax that today's parser knows; what 3.6 lacks besides is named below.
    ast.parse(source, feature_version=(3, 7))
    assert "from __future__ import annotations" not in source
    assert "capture_output" not in source


def test_it_asks_for_the_python_that_the_package_needs():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["requires-python"] == ">={}.{}".format(*bootstrap.MINIMUM)


def test_an_old_python_is_told_what_to_do(monkeypatch, capsys):
    monkeypatch.setattr(bootstrap.sys, "version_info", (3, 9, 2, "final", 0))
    assert bootstrap.main(["pip"]) == 1
    message = capsys.readouterr().err
    assert message.count("\n") == 1
    assert "Python 3.12 or newer is needed; this is 3.9.2 at " in message
    assert re.search(r"`make PYTHON=python3\.\d+ course`", message)


def test_a_python_without_venv_is_told_what_to_do(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    assert bootstrap.main(["pip"]) == 1
    message = capsys.readouterr().err
    assert message.count("\n") == 1
    assert "apt install python{}.{}-venv".format(*sys.version_info) in message


@pytest.mark.parametrize(
    ("output", "advice"),
    [
        ("ERROR: Could not install packages: [Errno 28] No space left on device", "disk is full"),
        (
            "WARNING: Retrying (Retry(total=4)) after connection broken by 'NewConnectionError'\n"
            "ERROR: Could not find a version that satisfies the requirement numpy\n"
            "ERROR: No matching distribution found for numpy==2.5.5",
            "Check the network",
        ),
        ("ERROR: No matching distribution found for numpy==2.5.5", "Try another Python"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "not the one"),
        ("ERROR: [Errno 13] Permission denied: '/x/.venv'", "who owns /course"),
        ("this\nERROR: a new kind of trouble\nthat", "ERROR: a new kind of trouble"),
    ],
)
def test_diagnosis(output, advice):
    assert advice in bootstrap.diagnose(output.splitlines(), "/course")


def test_too_little_space_is_said_before_anything_is_downloaded(project, monkeypatch, capsys):
    usage = shutil.disk_usage(project.root)
    monkeypatch.setattr(bootstrap.shutil, "disk_usage", lambda path: usage._replace(free=10**8))
    assert project.setup() == 1
    message = capsys.readouterr().err
    assert "the disk is full: 0.1 GB are free" in message
    assert not (project.root / ".venv").exists()


def test_progress_on_a_terminal_is_one_line_that_is_redrawn():
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    stream = Terminal()
    with bootstrap.Progress(stream) as progress:
        progress.phase("one")
        progress.phase("two")
    shown = stream.getvalue()
    assert shown.count("\n") == 1
    assert shown.endswith("\n")
    assert re.search(r"\rsetup +0 s: one *\rsetup +0 s: two *\n$", shown)


# -- real environments ------------------------------------------------------------------------

BACKEND = """
import zipfile

def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
    name = "course-1-py3-none-any.whl"
    with zipfile.ZipFile(wheel_directory + "/" + name, "w") as wheel:
        wheel.writestr("course.pth", "")
        info = "course-1.dist-info/"
        wheel.writestr(info + "METADATA", "Metadata-Version: 2.1\\nName: course\\nVersion: 1\\n")
        wheel.writestr(info + "WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\n"
                       "Tag: py3-none-any\\n")
        wheel.writestr(info + "RECORD", "")
    return name

build_wheel = build_editable
"""

PYPROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]

[project]
name = "course"
version = "1"
"""


class Project:
    """A small course: packages of our own making, and a lock of them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.wheels = root / "wheels"
        self.wheels.mkdir()
        (root / "backend.py").write_text(BACKEND)
        (root / "pyproject.toml").write_text(PYPROJECT)

    def wheel(self, name: str, version: str) -> Path:
        """Make a package whose only module prints its version."""
        path = self.wheels / f"{name}-{version}-py3-none-any.whl"
        info = f"{name}-{version}.dist-info"
        with zipfile.ZipFile(path, "w") as wheel:
            wheel.writestr(f"{name}.py", f"print('{name} {version}')\n")
            wheel.writestr(
                f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
            )
            wheel.writestr(
                f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
            )
            wheel.writestr(f"{info}/RECORD", "")
        return path

    def lock(self, *wheels: Path) -> None:
        """Write a lock of these wheels."""
        lines = []
        for wheel in wheels:
            name, version, _ = wheel.name.split("-", 2)
            digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
            lines.append(f"{name}=={version} \\\n    --hash=sha256:{digest}")
        (self.root / "requirements.lock").write_text("\n".join(lines) + "\n")

    def setup(self) -> int:
        """Set up in this process, without running a module."""
        return bootstrap.main([], root=str(self.root))

    def run(self, module: str) -> str:
        """Return what a module prints when the environment's Python runs it."""
        python = bootstrap.Environment(str(self.root)).python
        return subprocess.check_output([python, "-m", module], text=True).strip()

    def log(self) -> str:
        """Return the log of the last setup that did something."""
        return (self.root / "build" / "logs" / "setup.log").read_text()


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A small course with the packages alpha and beta, and an index that is only a folder."""
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "course" / "wheels"))
    monkeypatch.setattr(bootstrap, "BATCH", 1)
    (tmp_path / "course").mkdir()
    made = Project(tmp_path / "course")
    made.lock(made.wheel("alpha", "1.0"), made.wheel("beta", "1.0"))
    return made


def test_a_finished_setup_is_skipped_until_something_changes(project):
    assert project.setup() == 0
    assert project.run("alpha") == "alpha 1.0"
    assert project.run("beta") == "beta 1.0"
    (project.root / "build" / "logs" / "setup.log").unlink()

    assert project.setup() == 0
    assert not (project.root / "build" / "logs" / "setup.log").exists()

    # A new version comes, a package goes: that is done, and nothing else.
    project.lock(project.wheel("alpha", "2.0"))
    assert project.setup() == 0
    assert project.run("alpha") == "alpha 2.0"
    with pytest.raises(subprocess.CalledProcessError):
        project.run("beta")
    assert "--clear" not in project.log()


def test_a_second_try_goes_on_where_the_first_one_stopped(project, capsys):
    hidden = project.root / "beta.whl"
    wheel = project.wheels / "beta-1.0-py3-none-any.whl"
    wheel.rename(hidden)
    assert project.setup() == 1
    message = capsys.readouterr().err
    assert "setup failed: a package is not offered for this Python" in message
    assert str(project.root / "build" / "logs" / "setup.log") in message
    assert project.run("alpha") == "alpha 1.0"

    hidden.rename(wheel)
    assert project.setup() == 0
    assert project.run("beta") == "beta 1.0"
    assert "beta-1.0" in project.log()
    assert "alpha" not in project.log()
    assert "--clear" not in project.log()


def test_a_changed_file_is_refused(project, capsys):
    wheel = project.wheels / "beta-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "a") as file:
        file.writestr("more.py", "")
    assert project.setup() == 1
    assert "not the one that requirements.lock names" in capsys.readouterr().err


def test_half_a_package_is_installed_again(project):
    assert project.setup() == 0
    # As a kill in the middle of a batch leaves it: metadata, but not all files.
    environment = bootstrap.Environment(str(project.root))
    state = environment.state()
    del state["packages"]["beta"]
    state["under way"] = ["beta"]
    Path(environment.state_path).write_text(json.dumps(state))
    site = next(Path(environment.folder).rglob("beta.py"))
    site.unlink()

    assert project.setup() == 0
    assert project.run("beta") == "beta 1.0"


def test_a_broken_and_a_moved_environment_are_mended(project, tmp_path):
    assert project.setup() == 0
    environment = bootstrap.Environment(str(project.root))
    Path(environment.python).unlink()
    assert project.setup() == 0
    assert project.run("alpha") == "alpha 1.0"

    moved = tmp_path / "elsewhere"
    project.root.rename(moved)
    (tmp_path / "course").mkdir()
    shutil.copytree(moved / "wheels", tmp_path / "course" / "wheels")
    project.root = moved
    assert not bootstrap.Environment(str(moved)).ready()
    assert project.setup() == 0
    assert project.run("beta") == "beta 1.0"
    for script in Path(bootstrap.Environment(str(moved)).scripts).glob("pip*"):
        assert str(tmp_path / "course" / ".venv").encode() not in script.read_bytes()


def test_the_module_runs_with_the_environment_first_and_no_user_settings(project, monkeypatch):
    monkeypatch.setenv("PIP_USER", "1")
    monkeypatch.setenv("PYTHONPATH", "/somebody/elses/packages")
    assert project.setup() == 0
    (project.root / "where.py").write_text(
        "import os, shutil\nassert 'PYTHONPATH' not in os.environ\nprint(shutil.which('python'))\n"
    )
    # Its own process: on POSIX running the module replaces the process that sets up.
    code = (
        f"import sys; sys.path.insert(0, {str(SOURCE.parent)!r}); import bootstrap;"
        f"sys.exit(bootstrap.main(['where'], root={str(project.root)!r}))"
    )
    shown = subprocess.check_output([sys.executable, "-c", code], text=True, cwd=project.root)
    assert Path(shown.strip()).parent == Path(bootstrap.Environment(str(project.root)).scripts)
