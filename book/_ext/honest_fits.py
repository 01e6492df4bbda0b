"""Refuse a page that shows an unhealthy fit, unless it is there to show just that.

Each kernel records the health of the traces that a cell makes (`kernel/fits.py`). A divergence,
an R-hat or an ESS on the wrong side of its gate is a warning, and so fails the build, unless the
cell is tagged as showing it. A tag whose symptom is not there is a warning as well: then the page
says something that cannot be seen on it.
"""

from __future__ import annotations

from collections.abc import Iterator

import glued
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging

MOST_R_HAT = 1.01
LEAST_ESS = 400

logger = logging.getLogger(__name__)


def symptoms(diverging: int, r_hat: float | None, ess: float) -> dict[str, str]:
    """Return a fit's symptoms, by the tag that would announce them."""
    found = {}
    if diverging:
        found["shows-divergences"] = f"{diverging} divergences"
    if r_hat is None or not r_hat <= MOST_R_HAT:
        found["shows-high-r-hat"] = "one chain" if r_hat is None else f"an R-hat of {r_hat:.3f}"
    if not ess >= LEAST_ESS:
        found["shows-low-ess"] = f"an ESS of {ess:.0f}"
    return found


TAGS = ("shows-divergences", "shows-high-r-hat", "shows-low-ess")


def complaints(fits: dict[str, tuple], tags: list[list[str]]) -> Iterator[str]:
    """Yield what is wrong with a page's fits.

    Parameters
    ----------
    fits : dict
        By "NUMBER NAME", number of the code cell (from 1) and the variable's name: divergences,
        largest R-hat and least ESS.
    tags : list
        Tags of each code cell.
    """
    shown: list[set[str]] = [set() for _ in tags]
    for label, measured in fits.items():
        number, name = label.split(" ", 1)
        cell = int(number) - 1
        for tag, what in symptoms(*measured).items():
            shown[cell].add(tag)
            if tag not in tags[cell]:
                yield (
                    f"{name} has {what}: mend the fit or, if the page is to show this, give "
                    f"code cell {number} the tag {tag}"
                )
    for number, (announced, seen) in enumerate(zip(tags, shown, strict=True), 1):
        for tag in sorted(set(announced).intersection(TAGS) - seen):
            yield f"code cell {number} has the tag {tag}, but no fit in it shows that"


def check(app: Sphinx, doctree: nodes.document) -> None:
    """Warn of the fits of the page that has been read."""
    docname = app.env.docname
    found = glued.values(app, docname)
    if glued.execution(app, docname) is None:
        return
    fits = {name[4:]: value for name, value in found.items() if name.startswith("fit ")}
    cells = [c for c in glued.executed(app, docname).cells if c.cell_type == "code"]
    for complaint in complaints(fits, [cell.metadata.get("tags", []) for cell in cells]):
        logger.warning(complaint, location=docname, type="honest_fits")


def setup(app: Sphinx) -> dict:
    """Register the check."""
    app.connect("doctree-read", check)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
