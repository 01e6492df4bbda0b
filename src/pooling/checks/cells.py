"""One function for each test cell of the exercises.

Each takes the notebook's own variables, ``globals()``, finds the answer in them by its name,
gathers evidence, and reports the verdict: points as the value, the explanation printed. Called
with ``fresh=True``, a builder is judged on data made up on the spot: another number of groups,
another bad one.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from pooling.checks.challenge import Challenge
from pooling.checks.feedback import quiet, report
from pooling.checks.gather import gather
from pooling.checks.verdict import CELLS, Verdict, judge
from pooling.checks.verdict.base import wrong

Check = Callable[..., float]


def _check(cell: str, summary: str) -> Check:
    """Make the function that a test cell calls."""

    def check(
        answers: Mapping[str, Any], fresh: bool = False, challenge: Challenge | None = None
    ) -> float:
        challenge = challenge or _drawn(fresh)
        return report(_verdict(cell, answers, challenge), CELLS[cell].points)

    check.__name__ = check.__qualname__ = cell
    check.__doc__ = f"""{summary}

    Parameters
    ----------
    answers : mapping
        The notebook's variables, ``globals()``.
    fresh : bool
        Try a builder on fresh data instead of the course's.
    challenge : Challenge, optional
        What to try the answer on, instead of the one that this process has drawn.

    Returns
    -------
    float
        Points, at most {CELLS[cell].points}.

    Raises
    ------
    NotYet
        If the answer earns nothing; its message is the diagnosis.
    """
    return check


@cache
def _drawn(fresh: bool) -> Challenge:
    """One challenge for each notebook's process, so that two cells can share what they measure."""
    return Challenge.draw(fresh)


def _verdict(cell: str, answers: Mapping[str, Any], challenge: Challenge) -> Verdict:
    with quiet():
        try:
            return judge(gather(cell, answers, challenge), challenge)
        except Exception as error:
            # An answer that nobody foresaw: the student gets a sentence, not our traceback.
            return wrong("not-judged", detail=f"{type(error).__name__}: {str(error)[:200]}")


build_unpooled = _check("build_unpooled", "The unpooled model: fixed prior, one noise.")
sample_unpooled = _check("sample_unpooled", "A healthy trace of the unpooled model.")
read_outlier = _check("read_outlier", "The group that stands apart, and its slope's 94 % HDI.")
build_slope_prior = _check("build_slope_prior", "The slopes' prior with hyperpriors, no data.")
draw_slopes = _check("draw_slopes", "Draws of all slopes from that prior, one (mu, sigma) a draw.")
prior_spread = _check("prior_spread", "The prior probability that two slopes lie 0.5 apart.")
build_hierarchical = _check("build_hierarchical", "The hierarchical model.")
sample_hierarchical = _check("sample_hierarchical", "A healthy trace of the hierarchical model.")
outlier_shrinks = _check("outlier_shrinks", "Mean and 94 % HDI of the outlier group's slope.")
measure_shrinkage = _check("measure_shrinkage", "A function for the share of the way.")
build_non_centered = _check("build_non_centered", "The hierarchical model, non-centered.")
sample_non_centered = _check("sample_non_centered", "A healthy trace of the non-centered model.")
build_robust = _check("build_robust", "The hierarchical model with a Student-t likelihood.")
prior_sensitivity = _check("prior_sensitivity", "The outlier group's slope by sigma_slope's prior.")
