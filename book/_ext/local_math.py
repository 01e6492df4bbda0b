"""Typeset the book's formulas with the copy of KaTeX that is kept in the repository.

Sphinx's own renderers load their script from another host.  A reader on a train, or behind
a school's firewall, would see raw TeX; and every reader would be reported to that host.
The markup is Sphinx's, the scripts are added only to pages that hold a formula.
"""

from __future__ import annotations

from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.ext.mathjax import html_visit_displaymath, html_visit_math

KATEX = Path(__file__).parents[1] / "_vendor"

RENDER = r"""
document.addEventListener("DOMContentLoaded", () => {
  for (const element of document.querySelectorAll(".math")) {
    renderMathInElement(element, {
      delimiters: [
        { left: "\\(", right: "\\)", display: false },
        { left: "\\[", right: "\\]", display: true },
      ],
      throwOnError: true,
    });
  }
});
"""


def add_scripts(
    app: Sphinx, pagename: str, templatename: str, context: dict, doctree: nodes.document | None
) -> None:
    """Add KaTeX to the page if there is a formula on it."""
    if doctree is None or not any(
        isinstance(node, nodes.math | nodes.math_block) for node in doctree.findall()
    ):
        return
    app.add_css_file("katex/katex.min.css")
    app.add_js_file("katex/katex.min.js", loading_method="defer")
    app.add_js_file("katex/auto-render.min.js", loading_method="defer")
    app.add_js_file(None, body=RENDER)


def add_files(app: Sphinx, config) -> None:
    """Have KaTeX's folder copied beside the other static files."""
    config.html_static_path.append(str(KATEX))


def setup(app: Sphinx) -> dict:
    """Register the renderer under the name ``katex``."""
    app.add_html_math_renderer(
        "katex",
        inline_renderers=(html_visit_math, None),
        block_renderers=(html_visit_displaymath, None),
    )
    app.connect("config-inited", add_files)
    app.connect("html-page-context", add_scripts)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
