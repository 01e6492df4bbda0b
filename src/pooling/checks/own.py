"""Grade a model of your own course: give its reference, and any form of it is recognized.

`same_model` compares a student's model with a reference by the joint log density of the named
parameters at random points, as the course's own exercises do. The reference is a function that
builds a `pymc.Model`, in whatever form, or a log density in closed form::

    def eight_schools(effects, errors):
        with pm.Model() as model:
            mu = pm.Normal("mu", 0, 5)
            tau = pm.HalfCauchy("tau", 5)
            theta = pm.Normal("theta", mu, tau, shape=len(effects))
            pm.Normal("y", theta, errors, observed=effects)
        return model

    checks.same_model(globals(), "build_eight_schools", eight_schools, effects, errors, points=4)
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pooling.checks.challenge import Challenge
from pooling.checks.diagnosis.agreement import constant, without_refusals
from pooling.checks.evidence import build, measure_model
from pooling.checks.evidence.reference import (
    Reference,
    evaluate_model,
    in_numbers,
    reference_shapes,
)
from pooling.checks.feedback import quiet, report
from pooling.checks.gather import absent, own_names
from pooling.checks.records import ModelEvidence
from pooling.checks.verdict.base import Verdict, right, wrong
from pooling.checks.verdict.models import AGREEMENT, unmeasured

Array = NDArray[np.float64]


@dataclass(frozen=True)
class ClosedForm:
    """A joint log density in closed form.

    Attributes
    ----------
    shapes : dict
        Shape of each parameter by name; ``()`` is a number.
    log_density : callable
        From a mapping of one value for each parameter to the log density, up to a constant.
    """

    shapes: Mapping[str, tuple[int, ...]]
    log_density: Callable[[Mapping[str, Any]], float]


def same_model(
    answers: Mapping[str, Any],
    name: str,
    reference: Callable[..., Any] | ClosedForm,
    *arguments: Any,
    points: float = 1,
    parameters: Sequence[str] = (),
    challenge: Challenge | None = None,
) -> float:
    """Judge a student's builder against a reference; call it as the last line of a test cell.

    Parameters
    ----------
    answers : mapping
        The notebook's variables, ``globals()``.
    name : str
        Of the student's function, which takes `arguments` and returns a `pymc.Model`.
    reference : callable or ClosedForm
        A function of `arguments` that returns the right `pymc.Model`, or its log density.
    *arguments : Any
        The data. Call it a second time with other data in a hidden cell.
    points : float
        What the cell is worth.
    parameters : sequence of str, optional
        Names that the student's model must have; without them, the reference's free variables.
    challenge : Challenge, optional
        What to try the answer on, instead of one that is drawn now.

    Returns
    -------
    float
        The points.

    Raises
    ------
    NotYet
        If the model is not the reference's; its message is the diagnosis.
    ValueError
        If the reference itself cannot be used; the message says why.
    """
    challenge = challenge or Challenge.draw()
    with quiet():
        model = (
            None if isinstance(reference, ClosedForm) else _reference_model(reference, arguments)
        )
        names = tuple(parameters) or _names(reference, model)
        evidence = absent(answers, name, ModelEvidence)
        if evidence is None:
            built = build(answers[name], *_copies(arguments))
            evidence = measure_model(built, names, challenge, own_names(answers))
        usable = without_refusals(evidence)
        found = _evaluate(reference, model, names, usable.theta)
        verdict = judge_same(evidence, found, challenge, name)
    return report(verdict, points)


def judge_same(
    evidence: ModelEvidence, reference: Reference, challenge: Challenge, name: str
) -> Verdict:
    """Judge a model by a reference at the same points.

    Parameters
    ----------
    evidence : ModelEvidence
    reference : Reference
        Evaluated at the evidence's theta.
    challenge : Challenge
        The one that the evidence was gathered with.
    name : str
        Of the builder, for the messages.

    Returns
    -------
    Verdict
    """
    if evidence.problem:
        return unmeasured(evidence, name, "the data")
    if not np.array_equal(evidence.points, challenge.steps(evidence.n_free)):
        return wrong("other-challenge")
    for missing in evidence.missing:
        present = ", ".join(f"`{n}`" for n in evidence.present) or "none at all"
        return wrong("own:missing", name=missing, found=present)
    for parameter, shape in reference.shapes.items():
        found = evidence.shapes[parameter]
        if np.prod(found) != np.prod(shape):
            return wrong("own:shape", name=parameter, found=found, asked=shape)
    asked = int(sum(np.prod(s) for s in reference.shapes.values()))
    if evidence.n_free != asked:
        free = ", ".join(f"`{k}` ({n})" for k, n in evidence.free.items())
        return wrong("own:size", found=evidence.n_free, asked=asked, free=free)
    usable = without_refusals(evidence)
    if usable is evidence and _alike(evidence.log_density, reference.log_density):
        return right("Your model's joint density is the one asked, exactly.")
    return _difference(usable, reference)


def _alike(a: Array, b: Array, agreement: float = AGREEMENT) -> bool:
    return constant(a - b, 1.0 + np.abs(a) + np.abs(b), agreement)


def _difference(evidence: ModelEvidence, reference: Reference) -> Verdict:
    """Say which variable is not drawn as in the reference."""
    # Either may round single factors to single precision.
    differ = [
        name
        for name, factor in reference.factors.items()
        if name in evidence.factors and not _alike(evidence.factors[name], factor, 1e-6)
    ]
    for name in differ:
        if name in reference.shapes:
            arguments = [v for k, v in evidence.arguments.items() if k.rsplit(".", 1)[0] == name]
            found = in_numbers(evidence.kinds[name], arguments)
            asked = reference.written.get(name, "")
            if found and asked and found != asked:
                return wrong("own:prior", name=name, found=found, asked=asked)
            return wrong("own:given", name=name)
    observed = np.sort(np.concatenate([v.ravel() for v in evidence.observed.values()] or [[]]))
    if reference.observed.size and not np.array_equal(observed, reference.observed):
        return wrong("own:observed", found=observed.size, asked=reference.observed.size)
    if differ or set(reference.shapes) <= set(evidence.factors):
        return wrong("own:likelihood")
    made = [n for n in reference.shapes if n not in evidence.factors]
    return wrong("own:other", names=", ".join(f"`{n}`" for n in made))


# --- evaluating a reference -----------------------------------------------------------------------


def _reference_model(reference: Callable[..., Any], arguments: Sequence[Any]) -> Any:
    model = build(reference, *_copies(arguments))
    if isinstance(model, ModelEvidence):
        raise ValueError(f"the reference builds no model: {model.problem} {model.detail}".rstrip())
    return model


def _names(reference: Any, model: Any) -> tuple[str, ...]:
    if isinstance(reference, ClosedForm):
        return tuple(reference.shapes)
    return tuple(rv.name for rv in model.free_RVs)


def _copies(arguments: Sequence[Any]) -> list[Any]:
    """Copies of the data: a builder that changes its arguments must not change ours."""
    return [a.copy() if isinstance(a, np.ndarray) else a for a in arguments]


def _evaluate(
    reference: Any, model: Any, names: Sequence[str], theta: Mapping[str, Array]
) -> Reference:
    """Evaluate a reference at a student's points, if these are all there."""
    if isinstance(reference, ClosedForm):
        shapes = reference.shapes
    else:
        shapes = reference_shapes(model, names)
    sizes = {n: v[0].size for n, v in theta.items() if len(v)}
    if sizes != {n: int(np.prod(shape)) for n, shape in shapes.items()}:
        return Reference(shapes)
    places = {n: theta[n].reshape(-1, *shape) for n, shape in shapes.items()}
    if not isinstance(reference, ClosedForm):
        return evaluate_model(model, places)
    values = [
        float(reference.log_density({n: v[i] for n, v in places.items()}))
        for i in range(len(next(iter(places.values()))))
    ]
    return Reference(shapes, np.array(values))
