"""Figures that can be read without being seen.

A figure's alternative text is written in its cell's options, before anything is computed. Here
its placeholders, such as ``{before7:.1f}``, get the page's glued values.
"""

from __future__ import annotations

import glued
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging

logger = logging.getLogger(__name__)


def fill(app: Sphinx, doctree: nodes.document) -> None:
    """Write computed numbers into the alternative texts."""
    found = glued.values(app, app.env.docname)
    for image in doctree.findall(nodes.image):
        text = image.get("alt", "")
        if "{" not in text:
            continue
        try:
            image["alt"] = text.format(**found)
        except (KeyError, ValueError, IndexError, TypeError) as error:
            logger.warning(
                f"the alternative text {text!r} asks for what the page has not glued: {error!r}",
                location=image if image.source else app.env.docname,
                type="figures",
            )


def setup(app: Sphinx) -> dict:
    """Register the hook."""
    app.connect("doctree-read", fill)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
