"""Evidence: what is found beside the student's objects. The only part that touches PyMC.

It measures and does not judge: the verdict is made from the records alone, so it can be made
elsewhere, or again.
"""

from pooling.checks.evidence.models import build, draw_slopes, measure_model
from pooling.checks.evidence.traces import measure_trace
from pooling.checks.evidence.values import measure_function, measure_value

__all__ = [
    "build",
    "draw_slopes",
    "measure_function",
    "measure_model",
    "measure_trace",
    "measure_value",
]
