"""The book's sources, as the tests read them."""

import importlib
import re
import sys
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parents[2]
BOOK = ROOT / "book"

#: The pages that teach, in their order.
CHAPTERS = (
    "one-bad-group",
    "no-pooling",
    "complete-pooling",
    "what-the-prior-says",
    "partial-pooling",
    "why-it-shrinks",
    "geometry",
    "trusting-the-sampler",
    "when-it-fails",
    "predicting",
    "slopes-and-intercepts",
    "hits-and-misses",
    "real-data",
    "reporting",
    "how-this-course-grades-you",
)

PAGES = sorted(path.stem for path in BOOK.glob("*.md"))


def source(page: str) -> str:
    """Return a page's Markdown without its front matter."""
    text = (BOOK / f"{page}.md").read_text(encoding="utf-8")
    return re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)


def extension(name: str) -> ModuleType:
    """Import one of the book's Sphinx extensions."""
    folder = str(BOOK / "_ext")
    if folder not in sys.path:
        sys.path.insert(0, folder)
    return importlib.import_module(name)
