"""What a verdict is."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pooling.checks.diagnosis import Finding, explain

# Of a cell's points, what an answer keeps that is right but for something that can be mended.
PART = 0.5


@dataclass(frozen=True)
class Verdict:
    """What an answer earns, and why.

    Attributes
    ----------
    share : float
        Share of the cell's points, 0 to 1.
    code : str
        "right", or the code of the diagnosis; several are joined by "+".
    message : str
        For the student.
    page : str
        Title of the page of the book to read; empty if nothing is wrong.
    again : bool
        Is it the run that has to be repeated, and not the answer that is wrong?
    """

    share: float
    code: str
    message: str
    page: str = ""
    again: bool = False

    @property
    def right(self) -> bool:
        return self.share == 1.0


def right(message: str) -> Verdict:
    return Verdict(1.0, "right", message)


def wrong(code: str, **values: Any) -> Verdict:
    return Verdict(0.0, code, *explain(code, **values))


def partly(code: str, **values: Any) -> Verdict:
    """Half of the points: the method is right and something that can be mended is not."""
    return Verdict(PART, code, *explain(code, **values))


def rerun(code: str, **values: Any) -> Verdict:
    """Half of the points, too: the answer is right, and a run of it is not good enough."""
    return Verdict(PART, code, *explain(code, **values), again=True)


def wrong_findings(findings: Iterable[Finding]) -> Verdict:
    """Put several mistakes in one verdict, each once."""
    verdicts = {f.code + str(f.values): wrong(f.code, **f.values) for f in findings}
    parts = list(verdicts.values())
    return Verdict(
        0.0,
        "+".join(dict.fromkeys(v.code for v in parts)),
        " ".join(dict.fromkeys(v.message for v in parts)),
        parts[0].page,
    )
