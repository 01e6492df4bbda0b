"""The build refuses what must not be published, and runs again what has changed."""

import shutil
import subprocess
import sys

import pytest
from docutils import nodes
from docutils.utils import new_document
from pages import BOOK, ROOT, extension

JUPYTER_BOOK = "from jupyter_book.cli.main import main; main()"
HEADER = "---\nfile_format: mystnb\nkernelspec:\n  name: python3\n---\n# A page\n\n"


@pytest.mark.parametrize(
    ("page", "complaint"),
    [
        ("```{code-cell}\nprint(6 * 7)\n```\n", None),
        ("```{code-cell}\nassert 6 * 7 == 43\n```\n", "AssertionError"),
        ("```{code-cell}\nimport sys; print('oh', file=sys.stderr)\n```\n", "stderr was found"),
        ("See [this](nowhere.md).\n", "nowhere.md"),
        (
            "```{code-cell}\nimport arviz as az\nimport numpy as np\n"
            "x = np.random.default_rng(1).normal([[0], [9]], 1, (2, 900))\n"
            "trace = az.from_dict({'posterior': {'x': x}})\n```\n",
            "trace has an R-hat of",
        ),
        (
            "```{code-cell}\n---\nmystnb:\n  image:\n    alt: At {place}\n---\n"
            "import matplotlib.pyplot as plt\nplt.plot([1, 2]);\n```\n",
            "asks for what the page has not glued",
        ),
    ],
    ids=["sound", "raises", "writes to stderr", "dead link", "unhealthy fit", "unglued"],
)
def test_the_build_fails_on_a_bad_page(tmp_path, page, complaint):
    book = tmp_path / "book"
    shutil.copytree(BOOK / "_ext", book / "_ext")
    shutil.copytree(BOOK / "_vendor", book / "_vendor")
    shutil.copytree(BOOK / "images", book / "images")
    shutil.copy(ROOT / "_config.yml", tmp_path)
    shutil.copy(BOOK / "references.bib", book)
    library = tmp_path / "src" / "pooling"
    library.mkdir(parents=True)
    (book / "_toc.yml").write_text("format: jb-book\nroot: index\n")
    (book / "index.md").write_text(HEADER + page)
    command = ["build", "book", "--config", "_config.yml", "--path-output", "out"]
    done = subprocess.run(
        [sys.executable, "-c", JUPYTER_BOOK, *command, "-W", "--keep-going"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    said = done.stdout + done.stderr
    if complaint is None:
        assert done.returncode == 0, said
        assert "42" in (tmp_path / "out/_build/html/index.html").read_text(encoding="utf-8")
    else:
        assert done.returncode != 0
        assert complaint in said


def test_a_change_of_the_library_or_its_data_is_a_new_cache(tmp_path, monkeypatch):
    executed = extension("executed")
    monkeypatch.setattr(executed, "LIBRARY", tmp_path)
    for folder in ("datasets", "checks/verdict", "measured"):
        (tmp_path / folder).mkdir(parents=True)
    seen = {executed.fingerprint()}
    for name, text in [
        ("exact.py", "x = 1"),
        ("exact.py", "x = 2"),
        ("datasets/course.csv", "1,2"),
        ("pooling.mplstyle", "font.size: 12"),
        ("checks/verdict/traces.py", "x = 1"),
        ("measured/honest_runs.csv", "1,2"),
    ]:
        (tmp_path / name).write_text(text)
        seen.add(executed.fingerprint())
    assert len(seen) == 7
    (tmp_path / "unrelated.txt").write_text("nothing that a page reads")
    assert executed.fingerprint() in seen


def test_the_fingerprint_covers_the_real_library():
    executed = extension("executed")
    files = {p.name for pattern in executed.SOURCES for p in executed.LIBRARY.glob(pattern)}
    assert {"exact.py", "models.py", "data.py", "plots.py", "course.csv"} <= files


def test_reading_time_counts_words_code_and_pictures():
    reading_time = extension("reading_time")

    def page(*children):
        document = new_document("page")
        document.extend(children)
        return document

    prose = nodes.paragraph("", " ".join(["word"] * 400))
    code = nodes.literal_block("", " ".join(["name"] * 200))
    assert reading_time.minutes(page(prose.deepcopy())) == 2
    assert reading_time.minutes(page(code.deepcopy())) == 2
    assert reading_time.minutes(page(prose.deepcopy(), code.deepcopy(), nodes.image())) == 5
    # An output that is there in two forms is read in one; tables and what is folded are not.
    picture = nodes.container("", nodes.image(), mime_type="image/svg+xml")
    plain = nodes.container("", prose.deepcopy(), mime_type="text/plain")
    both = nodes.container("", plain, picture, nb_element="mime_bundle")
    assert reading_time.minutes(page(prose.deepcopy(), both)) == 3
    alone = nodes.container("", plain.deepcopy(), nb_element="mime_bundle")
    assert reading_time.minutes(page(prose.deepcopy(), alone)) == 4
    folded = nodes.container("", prose.deepcopy(), container_classes=["sd-mb-3", "solution"])
    table = nodes.raw("", "<td>1</td> " * 900, format="html")
    assert reading_time.minutes(page(prose.deepcopy(), folded, table)) == 2
