"""Sentences of the book that are tested where they are written.

"The smallest group goes the largest share of its way" is as easily made false as a number: by
another seed, another version of a library, another data set. Beside the cell that shows it, a
page states such a sentence as a `claim`, with the comparison that it rests on. If the comparison
does not hold, the page's code stops there and the book is not built; if it does, sentence and
values go into the appendix, where all claims of the book are listed.
"""

import operator
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

__all__ = ["MARGIN", "ClaimError", "claim"]

#: By how many Monte Carlo standard errors a claim about sampled values must hold.
MARGIN = 4.0

_RELATIONS: dict[str, Callable[[Any, Any], Any]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
}


class ClaimError(AssertionError):
    """A sentence of the book is not true of what was computed beside it."""


def claim(
    key: str,
    sentence: str,
    left: ArrayLike,
    relation: str,
    right: ArrayLike,
    *,
    error: float = 0.0,
) -> None:
    """State a sentence, and stop if what it rests on does not hold.

    Parameters
    ----------
    key : str
        Name of the claim, unique in the book: words joined by hyphens.
    sentence : str
        What is claimed, as a sentence that can be understood away from its page.
    left, right : array_like
        The values compared. With arrays, the relation must hold for each pair of elements, and
        the pair that comes closest to breaking it is shown.
    relation : {"<", "<=", ">", ">=", "=="}
        How they must compare.
    error : float
        Monte Carlo standard error of ``left - right``; 0 if neither was sampled. The relation
        must hold by more than `MARGIN` times as much.

    Raises
    ------
    ClaimError
        If it does not hold; the message gives the sentence and both values.
    ValueError
        If the claim itself is not well formed.

    Examples
    --------
    >>> claim("two-less-than-three", "Two is less than three.", 2, "<", 3)
    Two is less than three. (2 < 3)
    """
    if not all(part.isalnum() and part == part.lower() for part in key.split("-")):
        raise ValueError(f"expected a key of small letters, digits and hyphens, got {key!r}")
    if not sentence.endswith("."):
        raise ValueError(f"expected a sentence that ends with a period, got {sentence!r}")
    if relation not in _RELATIONS:
        raise ValueError(f"expected a relation among {', '.join(_RELATIONS)}, got {relation!r}")
    if not (np.isfinite(error) and error >= 0) or (error and relation == "=="):
        raise ValueError(f"expected error >= 0, and 0 for a claim of equality, got {error!r}")
    a, b = np.broadcast_arrays(np.asarray(left, dtype=float), np.asarray(right, dtype=float))
    if not a.size:
        raise ValueError(f"claim {key}: expected values to compare, got none")
    gap = {"<": b - a, "<=": b - a, ">": a - b, ">=": a - b, "==": -np.abs(a - b)}[relation]
    worst = np.unravel_index(np.argmin(np.where(np.isnan(gap), -np.inf, gap)), gap.shape)
    found = f"{a[worst]:.4g} {relation} {b[worst]:.4g}"
    if error:
        found += f", {abs(gap[worst]) / error:.1f} Monte Carlo errors apart"
    if not _RELATIONS[relation](a[worst], b[worst]) or not gap[worst] >= MARGIN * error:
        raise ClaimError(f"{sentence} That does not hold: {found} (claim {key})")
    _record(key, sentence, found)


def _record(key: str, sentence: str, found: str) -> None:
    """Print the claim; in a notebook, also leave it among the values that pages can show."""
    text = f"{sentence} ({found})"
    try:
        from IPython.core.getipython import get_ipython
        from IPython.display import display
    except ImportError:  # outside of notebooks
        print(text)
        return
    if getattr(get_ipython(), "kernel", None) is None:
        print(text)
        return
    # What myst_nb.glue leaves: found by the book's build, without a need for myst_nb here.
    prefix = "application/papermill.record/"
    display(
        {f"{prefix}text/plain": repr((sentence, found))},
        metadata={"scrapbook": {"name": f"claim {key}", "mime_prefix": prefix}},
        raw=True,
    )
