"""Fold what a reader asks for when they want it: solutions, and tables of plotted values.

Both become what sphinx-design's ``dropdown`` makes, so that all that folds in the book looks and
works alike. An exercise's level, given as a class, is written beside its title.
"""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx_design.dropdown import dropdown_main
from sphinx_design.shared import create_component
from sphinx_exercise.nodes import exercise_enumerable_node, exercise_node, solution_node

LEVELS = {"level-1": "recall", "level-2": "apply", "level-3": "extend"}


def dropdown(title: str, name: str, children: list[nodes.Node]) -> nodes.container:
    """Return a folded container with a title."""
    return create_component(
        "dropdown",
        opened=False,
        type="dropdown",
        has_title=True,
        icon=None,
        chevron=None,
        container_classes=["sd-mb-3", name],
        title_classes=[],
        body_classes=[],
        children=[nodes.rubric("", title), *children],
    )


def fold(app: Sphinx, doctree: nodes.document) -> None:
    """Fold solutions and tables of plotted values."""
    for solution in list(doctree.findall(solution_node)):
        content = [part for part in solution.children if isinstance(part, nodes.section)]
        inside = [child for part in content for child in part.children]
        folded = dropdown("Solution", "solution", inside)
        folded["ids"] = solution["ids"]
        solution.replace_self(folded)
    for kind in (exercise_node, exercise_enumerable_node):
        for exercise in doctree.findall(kind):
            for part in exercise.findall(nodes.section):  # they are all called the same
                part["ids"] = [f"{name}-content" for name in exercise["ids"]]
    for cell in list(doctree.findall(nodes.container)):
        if "tag_plotted-values" in cell["classes"]:
            folded = dropdown("The plotted values", "plotted-values", [])
            cell.replace_self(folded)
            folded += cell


def name_levels(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Write an exercise's level beside its title."""
    for kind in (exercise_node, exercise_enumerable_node):
        for exercise in doctree.findall(kind):
            title = exercise.next_node(nodes.title)
            for level in LEVELS.keys() & set(exercise["classes"]):
                if title is not None:
                    title += nodes.inline("", f"to {LEVELS[level]}", classes=["level"])


def share_html(app: Sphinx) -> None:
    """Let the whole book on one page be written as its single pages are.

    Where an extension has a say in how that builder writes its own nodes, Sphinx forgets what
    the others said for HTML in general.
    """
    handlers = app.registry.translation_handlers
    if "singlehtml" in handlers:
        handlers["singlehtml"] = handlers.get("html", {}) | handlers["singlehtml"]


def unfold(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Leave nothing folded in an e-book, whose readers may have no way to unfold it."""
    if app.builder.name == "epub":
        for folded in doctree.findall(dropdown_main):
            folded["opened"] = True


def setup(app: Sphinx) -> dict:
    """Register the hooks."""
    app.connect("builder-inited", share_html)
    app.connect("doctree-read", fold)
    app.connect("doctree-resolved", name_levels)
    app.connect("doctree-resolved", unfold)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
