"""Keep on one line what belongs together: a formula and its full stop, a number and its percent."""

from __future__ import annotations

import re

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

PUNCTUATION = re.compile(r"[.,;:?!)]+")
LONGEST = 24  # letters of TeX; a longer formula has to break itself on a phone
# After a number that is glued in, the sign begins the text that follows.
PERCENT = re.compile(r"(^|(?<=\d)) %(?!\w)")
VERBATIM = (nodes.literal, nodes.literal_block, nodes.raw)


class Unbroken(SphinxPostTransform):
    """Bind a short formula to the punctuation after it.

    A browser may break a line after what KaTeX makes of a formula, and a full stop would begin
    the next one.
    """

    default_priority = 190
    builders = ("html", "dirhtml", "singlehtml")

    def run(self, **kwargs: object) -> None:
        """Lay a span around each such pair."""
        for formula in list(self.document.findall(nodes.math)):
            after = formula.next_node(descend=False, siblings=True)
            if not isinstance(after, nodes.Text) or len(formula.astext()) > LONGEST:
                continue
            mark = PUNCTUATION.match(after)
            if mark is None:
                continue
            after.parent.replace(after, nodes.Text(after[mark.end() :]))
            pair = nodes.inline(classes=["unbroken"])
            formula.replace_self(pair)
            pair += [formula, nodes.Text(mark[0])]


def bind_percent(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Write a space before a percent sign at which no line can break.

    Late, for the page of claims gets its sentences when it is written.
    """
    if app.builder.format != "html":
        return
    for text in list(doctree.findall(nodes.Text)):
        bound = PERCENT.sub("\N{NO-BREAK SPACE}%", text)
        if bound != text and not isinstance(text.parent, VERBATIM):
            text.parent.replace(text, nodes.Text(bound))


def setup(app: Sphinx) -> dict:
    """Register the transform and the hook."""
    app.add_post_transform(Unbroken)
    app.connect("doctree-resolved", bind_percent, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
