"""Values that a page's code has left for its text, as the book's other extensions read them."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import Any

import nbformat
from sphinx.application import Sphinx


def folder(app: Sphinx) -> Path:
    """Return where MyST-NB writes executed pages."""
    return Path(app.outdir).parent / "jupyter_execute"


def values(app: Sphinx, docname: str) -> dict[str, Any]:
    """Return a page's glued values by name: Python objects where their repr is a literal."""
    path = folder(app) / f"{docname}.glue.json"
    if not path.exists():
        return {}
    found = {}
    for name, output in json.loads(path.read_text(encoding="utf-8")).items():
        text = output["data"].get("text/plain", "")
        try:
            found[name] = literal(text)
        except (ValueError, SyntaxError):
            found[name] = text
    return found


def literal(text: str) -> Any:
    """Return the Python object that was printed; None stands for numbers that are none.

    Raises
    ------
    ValueError, SyntaxError
        If it is not the repr of numbers, strings, lists and the like.
    """
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return ast.literal_eval(re.sub(r"\b(nan|inf)\b", "None", text))


def execution(app: Sphinx, docname: str) -> dict[str, Any] | None:
    """Return when and how a page was executed; None if it has no code."""
    return vars(app.env).get("nb_metadata", {}).get(docname, {}).get("exec_data")


def executed(app: Sphinx, docname: str) -> nbformat.NotebookNode:
    """Return a page as the notebook that was executed."""
    return nbformat.read(folder(app) / f"{docname}.ipynb", as_version=4)
