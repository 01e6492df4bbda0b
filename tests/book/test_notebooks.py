"""Every chapter as a notebook runs by itself where only the course's package is installed."""

import os
import re
import subprocess
import sys
import sysconfig
import venv
from importlib.metadata import Distribution, distribution
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from packaging.requirements import Requirement
from pages import CHAPTERS, PAGES, ROOT, extension, source

from pooling.running import course
from pooling.running.steps import BOOK_INDEX

#: The pages that are notebooks, too.
WITH_CODE = [
    page
    for page in PAGES
    if "```{code-cell}" in source(page)
    and extension("chapter_notebooks").runs_anywhere(source(page))
]


def closure(names: list[str]) -> dict[str, Distribution]:
    """Return what these distributions need, by the environment that this runs in."""
    found: dict[str, Distribution] = {}
    waiting = [Requirement(name) for name in names]
    while waiting:
        wanted = waiting.pop()
        key = re.sub(r"[-_.]+", "-", wanted.name).lower()
        done = f"{key}[{','.join(sorted(wanted.extras))}]"
        if done in found:
            continue
        found[done] = dist = distribution(wanted.name)
        for line in dist.requires or []:
            needed = Requirement(line)
            extras = wanted.extras or {""}
            if needed.marker is None or any(
                needed.marker.evaluate({"extra": extra}) for extra in extras
            ):
                waiting.append(needed)
    return found


@pytest.fixture(scope="session")
def fresh(tmp_path_factory) -> Path:
    """Make an environment of the course's package, its chapters' needs and a kernel alone.

    What is in it is linked from the environment of the tests, so nothing is downloaded.
    """
    folder = tmp_path_factory.mktemp("fresh")
    venv.create(folder, with_pip=False, symlinks=os.name != "nt")
    scheme = "nt_venv" if os.name == "nt" else "posix_venv"
    target = Path(sysconfig.get_path("purelib", scheme, {"base": str(folder)}))
    for dist in {d.name: d for d in closure(["pooling[chapters]", "ipykernel"]).values()}.values():
        home = Path(str(dist.locate_file("")))
        tops = {str(file).split("/", 1)[0] for file in dist.files or []} - {"..", "__pycache__"}
        for top in tops:
            if not (target / top).exists():
                (target / top).symlink_to(home / top)
    (target / "course.pth").write_text(str(ROOT / "src"))
    return folder / ("Scripts" if os.name == "nt" else "bin") / "python"


@pytest.fixture(scope="session")
def notebooks() -> Path:
    """Return the folder of the notebooks, from the built book."""
    course.build(ROOT, ["book"])
    return (ROOT / BOOK_INDEX).parent / "notebooks"


def test_every_chapter_is_a_notebook():
    assert set(CHAPTERS) <= set(WITH_CODE)


def test_the_fresh_environment_lacks_what_builds_the_book(fresh):
    code = "import pooling, pymc\ntry:\n    import myst_nb\nexcept ImportError:\n    print('none')"
    said = subprocess.check_output([fresh, "-c", code], text=True)
    assert said.strip() == "none"


@pytest.mark.parametrize("page", WITH_CODE)
def test_no_name_is_used_that_only_the_page_defines(notebooks, page):
    """What is quickly told of every notebook: names, and what jupyter would show as typed."""
    path = notebooks / f"{page}.ipynb"
    ruff = [sys.executable, "-m", "ruff", "check", "--isolated", "--no-cache", "--select", "F821"]
    done = subprocess.run([*ruff, path], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    text = "\n".join(
        cell.source
        for cell in nbformat.read(path, as_version=4).cells
        if cell.cell_type == "markdown"
    )
    assert re.findall(r"\{[a-z:-]+\}`|^:::.*", text, re.MULTILINE) == []


def run(notebooks: Path, page: str, python: Path, folder: Path) -> None:
    notebook = nbformat.read(notebooks / f"{page}.ipynb", as_version=4)
    spec = folder / "kernels" / "fresh"
    spec.mkdir(parents=True)
    argv = f'["{python.as_posix()}", "-m", "ipykernel_launcher", "-f", "{{connection_file}}"]'
    (spec / "kernel.json").write_text(
        f'{{"argv": {argv}, "display_name": "fresh", "language": "python"}}'
    )
    client = NotebookClient(notebook, timeout=600, kernel_name="fresh")
    client.create_kernel_manager()
    assert client.km is not None
    client.km.kernel_spec_manager.kernel_dirs.insert(0, str(folder / "kernels"))
    client.resources = {"metadata": {"path": str(folder)}}
    client.execute()


# All of them take as long as the book's build. Where that is too long, the first and one that
# needs what only chapters need; all are run where EVERY_NOTEBOOK is set.
RUN = WITH_CODE if os.environ.get("EVERY_NOTEBOOK") else [CHAPTERS[0], "real-data"]


@pytest.mark.parametrize("page", RUN)
def test_a_chapter_runs_by_itself(notebooks, fresh, page, tmp_path):
    run(notebooks, page, fresh, tmp_path)
