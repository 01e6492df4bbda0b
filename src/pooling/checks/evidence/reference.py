"""Evaluate a reference model at the points of a student's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pooling.checks.diagnosis.distributions import written
from pooling.checks.evidence.graphs import compile_checked, in_own_space
from pooling.checks.evidence.models import arguments_of, kind_of, observed_values

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Reference:
    """A reference at the points of a student's model; plain arrays.

    Attributes
    ----------
    shapes : dict
        Shape of each parameter.
    log_density : array, shape (m,)
        Joint log density of the parameters, up to a constant; empty if the points lack some.
    factors : dict
        Log density of each variable given its parents, shape (m,); empty for a closed form.
    written : dict
        How each variable's distribution is written, where its arguments are numbers.
    observed : array
        All observed values, in order of size.
    """

    shapes: Mapping[str, tuple[int, ...]]
    log_density: Array = field(default_factory=lambda: np.empty(0))
    factors: Mapping[str, Array] = field(default_factory=dict)
    written: Mapping[str, str] = field(default_factory=dict)
    observed: Array = field(default_factory=lambda: np.empty(0))


def reference_shapes(model: Any, names: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """Shapes of a reference's parameters.

    Raises
    ------
    ValueError
        If they are not just the free variables of the reference.
    """
    free = {rv.name: rv for rv in model.free_RVs}
    if set(free) != set(names):
        raise ValueError(
            "a reference must be sampled in its parameters (write it in the centered form): "
            f"asked are {', '.join(names)}, and it is sampled in {', '.join(free)}"
        )
    return {n: tuple(int(k) for k in free[n].shape.eval()) for n in names}


def evaluate_model(model: Any, theta: Mapping[str, Array]) -> Reference:
    """Evaluate a reference.

    Parameters
    ----------
    model : pymc.Model
        Sampled in its parameters.
    theta : mapping
        Values of those, shape (m, *shape).

    Returns
    -------
    Reference
    """
    variables = [*model.free_RVs, *model.observed_RVs, *model.potentials]
    terms = model.logp(vars=variables, jacobian=False, sum=False)
    arguments = arguments_of({rv.name: rv for rv in model.free_RVs})
    given = model.replace_rvs_by_values(list(arguments.values()))
    inputs, outputs = in_own_space(model, [*(t.sum() for t in terms), *given])
    function = compile_checked(inputs, outputs)
    columns = [np.asarray(theta[rv.name]) for rv in model.free_RVs]
    results = [
        function(*(c[i].astype(rv.dtype) for c, rv in zip(columns, model.free_RVs, strict=True)))
        for i in range(len(columns[0]))
    ]
    found = [np.stack([np.asarray(a, dtype=float) for a in c]) for c in zip(*results, strict=True)]
    factors = {v.name: f for v, f in zip(variables, found, strict=False)}
    numbers = dict(zip(arguments, found[len(variables) :], strict=True))
    observed = [observed_values(model, rv).ravel() for rv in model.observed_RVs]
    return Reference(
        shapes={name: v.shape[1:] for name, v in theta.items()},
        log_density=np.sum([*factors.values()], axis=0),
        factors=factors,
        written={
            rv.name: in_numbers(
                kind_of(rv), [v for k, v in numbers.items() if k.rsplit(".", 1)[0] == rv.name]
            )
            for rv in model.free_RVs
        },
        observed=np.sort(np.concatenate(observed or [np.empty(0)])),
    )


def in_numbers(kind: str, arguments: Sequence[Array]) -> str:
    """How a distribution is written, if all its arguments are numbers; else nothing."""
    numbers = [np.unique(np.asarray(a)) for a in arguments]
    if not numbers or any(n.size != 1 for n in numbers):
        return ""
    return written(kind, [float(n[0]) for n in numbers])
