"""The package as others get it: the wheel, the citation, the licenses, style and types."""

import json
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """The wheel, built from the sources as they are, offline."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (path,) = folder.glob("*.whl")
    return path


def test_the_wheel_holds_all_of_the_package_and_its_license(wheel):
    with zipfile.ZipFile(wheel) as file:
        names = set(file.namelist())
    package = ROOT / "src" / "pooling"
    suffixes = {".py", ".csv", ".mplstyle"}
    sources = {
        path.relative_to(ROOT / "src").as_posix()
        for path in package.rglob("*")
        if path.suffix in suffixes
    }
    assert {Path(name).suffix for name in sources} == suffixes
    assert sources <= names
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)
    # The setup belongs to a clone; installed, its name would be in everybody's way.
    assert "bootstrap.py" not in names


def test_the_installed_wheel_imports_and_finds_its_data(wheel, tmp_path):
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps"),
            *("--no-compile", "--target", tmp_path, wheel),
        ],
        check=True,
    )
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import pooling; "
        "print(pooling.__file__); print(pooling.load_groups().n_groups)"
    )
    shown = subprocess.check_output([sys.executable, "-I", "-c", code], text=True).split("\n")
    assert Path(shown[0]).is_relative_to(tmp_path)
    assert shown[1] == "8"


def test_importing_pooling_loads_none_of_the_heavy_libraries():
    code = "import sys, json, pooling; print(json.dumps(sorted(sys.modules)))"
    loaded = set(json.loads(subprocess.check_output([sys.executable, "-c", code], text=True)))
    assert "pooling" in loaded
    heavy = {"pymc", "pytensor", "arviz", "nutpie", "numba", "matplotlib", "xarray", "scipy"}
    assert not loaded & heavy


def test_the_citation_agrees_with_the_package():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert {"cff-version", "message", "title", "authors"} <= set(citation)
    assert citation["version"] == project["version"]
    assert citation["license"] == project["license"]
    assert [author["name"] for author in citation["authors"]] == [
        author["name"] for author in project["authors"]
    ]


def test_the_version_is_the_same_everywhere():
    import pooling

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert pooling.__version__ == project["version"]


@pytest.mark.parametrize(
    "command",
    [("ruff", "check"), ("ruff", "format", "--check"), ("pyright",)],
    ids=["lint", "format", "types"],
)
def test_style_and_types_are_clean(command):
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_ci_runs_the_same_two_commands_everywhere():
    """What CI checks is what a contributor can run: no workflow has commands of its own."""
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    workflow = (ROOT / ".github" / "workflows" / "test.yml").read_text(encoding="utf-8")
    for command in ("make test", "make course"):
        assert command in script
        assert command in workflow
    jobs = yaml.safe_load(workflow)["jobs"]
    (job,) = jobs.values()
    matrix = job["strategy"]["matrix"]
    assert {name.partition("-")[0] for name in matrix["os"]} == {"ubuntu", "macos", "windows"}
    classifiers = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"][
        "classifiers"
    ]
    named = {text.rpartition(" ")[2] for text in classifiers if ":: 3." in text}
    assert set(matrix["python"]) == named


def test_the_readme_names_files_and_commands_that_exist():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)]+)\)", text)
    assert len(targets) >= 8
    assert [target for target in targets if not (ROOT / target).exists()] == []
    rules = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    commands = set(re.findall(r"(?:^|`)make (\w+)", text, re.MULTILINE))
    assert {"course", "test", "read"} <= commands <= set(rules)
