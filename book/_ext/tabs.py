"""Show neighboring sections as tabs, on the web.

Cells are executed only where they stand at the top of a page, so what is to be executed cannot be
written inside sphinx-design's ``tab-set``. Here the sections whose titles are marked,
``## [Title]{.tab}``, become one afterwards. On paper and in an e-book, where nobody can click,
they stay sections.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx_design.shared import create_component


def is_tab(node: nodes.Node) -> bool:
    """Whether a node is a section with a marked title."""
    if not isinstance(node, nodes.section):
        return False
    title = node.next_node(nodes.title)
    mark = title.next_node(nodes.inline) if title is not None else None
    return mark is not None and "tab" in mark["classes"]


def tab_sets(document: nodes.document) -> Iterator[list[nodes.section]]:
    """Yield the sections of each future set of tabs."""
    for parent in list(document.findall(nodes.section)):
        for marked, sections in groupby(list(parent.children), is_tab):
            if marked:
                yield [section for section in sections if isinstance(section, nodes.section)]


def as_tab(section: nodes.section) -> nodes.container:
    """Return a section's content under a label of its title."""
    title, *content = section.children
    label = nodes.rubric("", title.astext(), classes=["sd-tab-label"], ids=section["ids"])
    body = create_component("tab-content", classes=["sd-tab-content"], children=content)
    return create_component("tab-item", classes=["sd-tab-item"], children=[label, body])


class Tabs(SphinxPostTransform):
    """Make sets of tabs, which sphinx-design's own transform then finds."""

    default_priority = 190  # sphinx-design's is 200
    builders = ("html", "dirhtml")

    def run(self, **kwargs: object) -> None:
        """Replace the sections."""
        for first, *others in tab_sets(self.document):
            tabs = [as_tab(section) for section in (first, *others)]
            # Not `replace_self`, which would give the set its first tab's id as well.
            first.parent.replace(
                first, create_component("tab-set", classes=["sd-tab-set"], children=tabs)
            )
            for section in others:
                section.parent.remove(section)


def setup(app: Sphinx) -> dict:
    """Register the transform."""
    app.add_post_transform(Tabs)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
