"""How a verdict reaches the student and nbgrader.

nbgrader reads a test cell thus: an exception earns nothing, a number as the cell's value earns
that many points, and anything on stderr earns nothing. So a wrong answer raises, with the
diagnosis and no traceback; what earns points prints its explanation on stdout and returns them.
"""

import contextlib
import io
import logging
import warnings
from collections.abc import Iterator

from pooling.checks.verdict.base import Verdict


class NotYet(AssertionError):
    """A wrong answer; its message is the diagnosis.

    Attributes
    ----------
    code : str
        Code of the diagnosis.
    """

    def __init__(self, verdict: Verdict):
        self.code = verdict.code
        super().__init__(_text("Not yet", verdict))

    def _render_traceback_(self) -> list[str]:
        """IPython shows these lines instead of a traceback through the checks."""
        return str(self).splitlines()


def _text(heading: str, verdict: Verdict) -> str:
    text = f"{heading}: {verdict.message}\n[{verdict.code}]"
    return f"{text} Read: {verdict.page}." if verdict.page else text


def report(verdict: Verdict, points: float) -> float:
    """Print a verdict and return its points, or raise if there are none.

    Parameters
    ----------
    verdict : Verdict
    points : float
        What the cell is worth.

    Returns
    -------
    float

    Raises
    ------
    NotYet
        If the answer earns nothing.
    """
    if verdict.share == 0.0:
        raise NotYet(verdict)
    heading = "Right" if verdict.right else "Run it again" if verdict.again else "Half right"
    print(_text(heading, verdict))
    earned = points * verdict.share
    return int(earned) if earned == int(earned) else earned


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Keep everything off stderr: one line there and nbgrader gives no points."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with warnings.catch_warnings(), contextlib.redirect_stderr(io.StringIO()):
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(before)
