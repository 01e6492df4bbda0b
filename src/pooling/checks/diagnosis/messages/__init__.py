"""What each diagnosis says to the student, and which page of the book it points to.

A code is stable: gradebooks and tests refer to it. A message is one or two plain sentences: what
was found, what was asked. Braces are filled with the student's own numbers. There is a module for
each kind of answer.
"""

from dataclasses import dataclass

from pooling.checks.diagnosis.messages import (
    building,
    draws,
    functions,
    likelihoods,
    numbers,
    own,
    priors,
    sensitivity,
    shapes,
    traces,
)

_KINDS = (
    building,
    shapes,
    priors,
    likelihoods,
    traces,
    numbers,
    draws,
    functions,
    sensitivity,
    own,
)


@dataclass(frozen=True)
class Diagnosis:
    """A message and the page of the book to read, by its title."""

    message: str
    page: str


DIAGNOSES = {code: Diagnosis(*entry) for kind in _KINDS for code, entry in kind.MESSAGES.items()}


def explain(code: str, **values: object) -> tuple[str, str]:
    """Message and page of a diagnosis, with the student's own numbers filled in."""
    diagnosis = DIAGNOSES[code]
    return diagnosis.message.format(**values), diagnosis.page


def told_apart(value: float, other: float) -> str:
    """Write a number in as few digits as show that it is not the other one."""
    shown = ((f"{value:.{n}g}", f"{other:.{n}g}") for n in range(3, 16))
    return next((own for own, others in shown if own != others), repr(float(value)))
