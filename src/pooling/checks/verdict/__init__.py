"""From evidence to a verdict: points, a code, a message. Pure: no PyMC, no nbgrader, no chance.

`judge(evidence, challenge)` gives the same verdict wherever it is called. No hard fail rests on
Monte Carlo error: a model is judged by its exact joint density, and what a random run got wrong
is a RERUN, which keeps part of the points and says what to change.
"""

from pooling.checks.verdict.base import Verdict
from pooling.checks.verdict.cells import CELLS, POINTS, judge

__all__ = ["CELLS", "POINTS", "Verdict", "judge"]
