"""Count the words of a page instead of guessing how long it takes to read.

In a page, ``{reading-time}`minutes``` becomes, say, "about 8 minutes", and
``{reading-time}`hours``` how long all pages take that say so.  Prose is read at 200 words a minute;
code is read word by word too, and slower; a picture takes a while.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator

from docutils import nodes
from sphinx.addnodes import start_of_file
from sphinx.application import Sphinx

PROSE_PER_MINUTE = 200
CODE_PER_MINUTE = 100
MINUTES_A_PICTURE = 0.4
FOLDED = {"solution", "plotted-values"}
# Until a page is written, its outputs are there in all their forms; this is how one is chosen.
SHOWN = ("text/html", "image/svg+xml", "image/png", "text/markdown", "text/plain")


class reading_time(nodes.inline, nodes.Element):
    """Stands where the minutes will be written."""


def role(name, rawtext, text, lineno, inliner, options=None, content=None):
    """Leave a mark that :func:`fill` replaces once the page is read."""
    return [reading_time(rawtext, text)], []


def minutes(page: nodes.Element) -> int:
    """Return how many minutes it takes to read a page, rounded up.

    Cells whose source is hidden from the reader are not in the tree and so not counted; nor are
    solutions and tables that are folded away. A page counts the same before and after its outputs
    got their final form.
    """
    prose = code = pictures = 0
    for node in page.findall():
        if _inside(node, _unseen):
            continue
        if isinstance(node, nodes.literal_block):
            code += len(re.findall(r"\w+", node.astext()))
        elif isinstance(node, nodes.Text) and not _inside(node, _code):
            prose += len(node.astext().split())
        elif isinstance(node, nodes.image):
            pictures += 1
    return math.ceil(
        prose / PROSE_PER_MINUTE + code / CODE_PER_MINUTE + pictures * MINUTES_A_PICTURE
    )


def _code(node: nodes.Node) -> bool:
    return isinstance(node, nodes.literal_block)


def _unseen(node: nodes.Node) -> bool:
    """Whether it is folded, HTML of a table, or one of an output's less good forms."""
    if not isinstance(node, nodes.Element):
        return False
    if "mime_type" in node and node.parent is not None:
        siblings = [form for form in node.parent.children if isinstance(form, nodes.Element)]
        forms = [form.get("mime_type") for form in siblings]
        return node["mime_type"] != next((form for form in SHOWN if form in forms), forms[0])
    # sphinx-design keeps a box's classes under another name until the page is written.
    classes = {*node.get("classes", ()), *node.get("container_classes", ())}
    return isinstance(node, nodes.raw) or not FOLDED.isdisjoint(classes)


def _inside(node: nodes.Node, kind: Callable[[nodes.Node], bool]) -> bool:
    while node.parent is not None:
        node = node.parent
        if kind(node):
            return True
    return False


def _page(node: nodes.Node) -> nodes.Element:
    """Return the page that a node stands on: a part of the tree where all pages are one."""
    while node.parent is not None and not isinstance(node, start_of_file):
        node = node.parent
    assert isinstance(node, nodes.Element)
    return node


def fill(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Write the minutes where the page asks for them."""
    for mark in list(doctree.findall(reading_time)):
        unit = mark.astext()
        count = math.ceil(sum(_asking(app)) / 60) if unit == "hours" else minutes(_page(mark))
        words = f"about {count} {unit if count > 1 else unit.removesuffix('s')}"
        mark.replace_self(nodes.inline("", words, classes=["reading-time"]))


def _asking(app: Sphinx) -> Iterator[int]:
    """Yield the minutes of each page that shows them."""
    for docname in app.env.found_docs:
        doctree = app.env.get_doctree(docname)
        if any(mark.astext() == "minutes" for mark in doctree.findall(reading_time)):
            yield minutes(doctree)


def setup(app: Sphinx) -> dict:
    """Register the role."""
    app.add_node(reading_time)
    app.add_role("reading-time", role)
    app.connect("doctree-resolved", fill)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
