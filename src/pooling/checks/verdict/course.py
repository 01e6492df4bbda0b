"""The course's data, their exact posteriors, and what a builder is tried on."""

from functools import cache

import numpy as np

from pooling import exact
from pooling.checks.challenge import Challenge
from pooling.checks.density import SLOPE_PRIOR, Density, Rows
from pooling.data import load_groups


@cache
def course_rows() -> tuple[Rows, int]:
    """The course's rows, and the number of its outlier group."""
    data = load_groups()
    return Rows(data.groups, data.x, data.y), int(data.groups[data.outlier][0])


@cache
def course_posterior(hierarchical: bool) -> exact.Posterior:
    """The exact posterior of the course's data, with or without pooling."""
    rows, _ = course_rows()
    return (exact.hierarchical if hierarchical else exact.unpooled)(rows.groups, rows.x, rows.y)


def rows_for(density: Density, challenge: Challenge) -> Rows:
    """The data a builder of such a model is tried on; a prior takes their number of groups."""
    if density is SLOPE_PRIOR:
        n_groups = challenge.n_groups() if challenge.fresh else course_rows()[0].n_groups
        return Rows(np.arange(n_groups), np.ones(n_groups), np.ones(n_groups))
    return challenge.rows() if challenge.fresh else course_rows()[0]
