"""A folder to run steps in."""

from pathlib import Path

import pytest
from made import COPY


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with two sources and the copying command."""
    (tmp_path / "a").write_text("a")
    (tmp_path / "b").write_text("b")
    (tmp_path / "copy.py").write_text(COPY)
    return tmp_path
