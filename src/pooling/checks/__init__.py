"""How an answer is judged: evidence, then a verdict, then a diagnosis.

`evidence` looks at the student's objects and writes down plain arrays and strings. `verdict` and
`numbers` turn those into points and a diagnosis, and know neither PyMC nor nbgrader. `density`
holds the closed forms that models are compared with, `diagnosis` the sentences, `feedback` the
way back to the student. `cells` has one function for each test cell of the exercises, and those
are what a notebook sees here.
"""

from pooling.checks.cells import (
    POINTS,
    build_hierarchical,
    build_slope_prior,
    build_unpooled,
    draw_slopes,
    measure_shrinkage,
    outlier_shrinks,
    prior_spread,
    read_outlier,
    sample_hierarchical,
    sample_unpooled,
)
from pooling.checks.feedback import NotYet

__all__ = [
    "POINTS",
    "NotYet",
    "build_hierarchical",
    "build_slope_prior",
    "build_unpooled",
    "draw_slopes",
    "measure_shrinkage",
    "outlier_shrinks",
    "prior_spread",
    "read_outlier",
    "sample_hierarchical",
    "sample_unpooled",
]
