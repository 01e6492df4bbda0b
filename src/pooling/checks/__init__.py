"""How an answer is judged: evidence, then a verdict, then a diagnosis.

`gather` looks at the student's objects and writes down plain arrays and strings (`evidence`,
`records`). `judge` turns those into points (`verdict`), and knows neither PyMC nor nbgrader; what
is wrong is named by `diagnosis`. The closed forms that models are compared with are in `density`,
what an answer is tried on is a `challenge`, and `feedback` is the way back to the student.

A notebook's test cells call one function each, from `cells`. For a model of one's own there is
`same_model`.
"""

from pooling.checks.cells import (
    build_hierarchical,
    build_non_centered,
    build_robust,
    build_slope_prior,
    build_unpooled,
    draw_slopes,
    measure_shrinkage,
    outlier_shrinks,
    prior_sensitivity,
    prior_spread,
    read_outlier,
    sample_hierarchical,
    sample_non_centered,
    sample_unpooled,
)
from pooling.checks.challenge import Challenge
from pooling.checks.feedback import NotYet
from pooling.checks.gather import gather
from pooling.checks.own import ClosedForm, same_model
from pooling.checks.records import Evidence
from pooling.checks.verdict import POINTS, Verdict, judge

__all__ = [
    "POINTS",
    "Challenge",
    "ClosedForm",
    "Evidence",
    "NotYet",
    "Verdict",
    "build_hierarchical",
    "build_non_centered",
    "build_robust",
    "build_slope_prior",
    "build_unpooled",
    "draw_slopes",
    "gather",
    "judge",
    "measure_shrinkage",
    "outlier_shrinks",
    "prior_sensitivity",
    "prior_spread",
    "read_outlier",
    "same_model",
    "sample_hierarchical",
    "sample_non_centered",
    "sample_unpooled",
]
