"""List the book's claims, and refuse two of one name.

A page states a claim by `pooling.claims.claim`, which stops it if the claim does not hold, and
otherwise leaves sentence and values among the page's glued values. The directive ``claims``
lists those of all pages, in the book's order, each with the section where it is shown.
"""

from __future__ import annotations

import glued
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

logger = logging.getLogger(__name__)


class claims_list(nodes.General, nodes.Element):
    """Stands where the claims will be listed."""


class Claims(SphinxDirective):
    """Ask for the list."""

    def run(self) -> list[nodes.Node]:
        return [claims_list()]


def collected(app: Sphinx) -> dict[str, dict[str, tuple[str, str]]]:
    """Return by page and key: the sentence, and what was found."""
    pages = {}
    for docname in _in_order(app):
        found = glued.values(app, docname)
        claims = {k.split(" ", 1)[1]: v for k, v in found.items() if k.startswith("claim ")}
        if claims:
            pages[docname] = claims
    return pages


def _in_order(app: Sphinx) -> list[str]:
    """Return the pages as the table of contents has them."""
    order, stack = [], [app.config.root_doc]
    while stack:
        docname = stack.pop()
        if docname not in order:
            order.append(docname)
            stack += reversed(app.env.toctree_includes.get(docname, []))
    return order


def rewrite(app: Sphinx, env) -> list[str]:
    """Have the list written anew with every build, and look for names given twice."""
    owners: dict[str, str] = {}
    for docname, claims in collected(app).items():
        for key in claims:
            if key in owners:
                logger.warning(
                    f"the claim {key} is stated on {owners[key]}, too: name one of them otherwise",
                    location=docname,
                    type="claims",
                )
            owners[key] = docname
    return sorted(getattr(env, "pages_listing_claims", ()))


def note(app: Sphinx, doctree: nodes.document) -> None:
    """Remember which pages hold a list."""
    pages = vars(app.env).setdefault("pages_listing_claims", set())
    if next(iter(doctree.findall(claims_list)), None) is not None:
        pages.add(app.env.docname)


def fill(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Write the list."""
    for mark in list(doctree.findall(claims_list)):
        parts: list[nodes.Node] = []
        for page, claims in collected(app).items():
            title = app.env.titles[page].astext()
            link = nodes.reference("", title, internal=True)
            link["refuri"] = app.builder.get_relative_uri(docname, page)
            parts.append(nodes.rubric("", "", link))
            rows = nodes.bullet_list(classes=["claims"])
            for key, (sentence, values) in claims.items():
                item = nodes.paragraph("", sentence + " ")
                item += nodes.inline("", f"({values})", classes=["claim-values"])
                rows += nodes.list_item("", item, ids=[f"claim-{key}"])
            parts.append(rows)
        if not parts:
            logger.warning("there is no claim to list", location=docname, type="claims")
        mark.replace_self(parts)


def setup(app: Sphinx) -> dict:
    """Register directive and hooks."""
    app.add_node(claims_list)
    app.add_directive("claims", Claims)
    app.connect("doctree-read", note)
    app.connect("env-updated", rewrite)
    app.connect("doctree-resolved", fill)
    return {"parallel_read_safe": False, "parallel_write_safe": True}
