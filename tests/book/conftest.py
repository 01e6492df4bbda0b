"""The book, built for the tests that read what readers get."""

from pathlib import Path

import pytest
from pages import ROOT

from pooling.running import course
from pooling.running.steps import BOOK_INDEX


@pytest.fixture(scope="session")
def html() -> Path:
    """Return the folder of the built book, which is built first unless it is up to date."""
    course.build(ROOT, ["book"])
    return (ROOT / BOOK_INDEX).parent
