"""Measure a model: its joint log density at random points, whatever its parameterization."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pooling.checks.challenge import Challenge
from pooling.checks.evidence.graphs import (
    compile_checked,
    describe,
    plain,
    summed,
    total_density,
)
from pooling.checks.records import ModelEvidence

Array = NDArray[np.float64]


def build(builder: Any, *arguments: Any) -> Any:
    """Call a student's builder; what it raises, or returns instead of a model, is evidence too.

    Returns
    -------
    pymc.Model or ModelEvidence
        The evidence holds the problem if there is no model.
    """
    import pymc as pm

    if isinstance(builder, pm.BaseModel) or not callable(builder):
        return ModelEvidence("not-a-function", type(builder).__name__)
    try:
        model = builder(*arguments)
    except NotImplementedError:
        return ModelEvidence("not-written")
    except Exception as error:
        return ModelEvidence("raised", describe(error))
    if model is None:
        return ModelEvidence("returns-nothing")
    if not isinstance(model, pm.BaseModel):
        return ModelEvidence("not-a-model", type(model).__name__)
    return model


def measure_model(
    model: Any,
    wanted: Iterable[str],
    challenge: Challenge,
    names: Mapping[str, str] | None = None,
) -> ModelEvidence:
    """Measure a model's log density at the points of a challenge.

    Parameters
    ----------
    model : pymc.Model or ModelEvidence
        What `build` returned; evidence is handed through.
    wanted : iterable of str
        The parameters that make up theta.
    challenge : Challenge
        Its steps lead from the model's start to the points.
    names : mapping, optional
        The student's own names for the wanted ones.

    Returns
    -------
    ModelEvidence
    """
    import pymc as pm

    if isinstance(model, ModelEvidence):
        return model
    if not isinstance(model, pm.BaseModel):
        return ModelEvidence("not-a-model", type(model).__name__)
    names = names or {}
    own = {name: names.get(name, name) for name in wanted}
    found = {name: model.named_vars[n] for name, n in own.items() if n in model.named_vars}
    label = _labels(model, {**found, **_likelihood(model, names)})
    evidence = ModelEvidence(
        present=list(model.named_vars), missing=[name for name in own if name not in found]
    )
    try:
        return _measure(model, found, label, challenge, evidence)
    except Exception as error:
        code = "index-out-of-range" if isinstance(error, IndexError) else "not-computed"
        return replace(
            _anatomy(model, found, label, evidence), problem=code, detail=describe(error)
        )


def draw_slopes(model: Any, name: str) -> dict[str, Array]:
    """Draw a model's slopes from their prior, and the mean of each row, where that can be told.

    Returns
    -------
    dict
        As `ModelEvidence.gap`.
    """
    if isinstance(model, ModelEvidence) or name not in model.named_vars:
        return {}  # a builder may break down on unusual data
    wanted = {"slope": model[name]}
    if len(model.observed_RVs) == 1:
        [observed] = model.observed_RVs
        place = {"normal": "obs.0", "studentt": "obs.1", "t": "obs.1"}.get(kind_of(observed), "")
        arguments = arguments_of({"obs": observed})
        wanted |= {"mean": arguments[place]} if place in arguments else {}
    for names in ([*wanted], ["slope"]):
        try:
            drawn = compile_checked([], [wanted[n] for n in names])()
        except Exception:  # an index out of range: the slopes by themselves say enough
            continue
        return {n: np.asarray(v, dtype=float) for n, v in zip(names, drawn, strict=True)}
    return {}


def _likelihood(model: Any, names: Mapping[str, str]) -> dict[str, Any]:
    """The likelihood that stands for ``obs`` where the student gave variables other names."""
    if not names or len(model.observed_RVs) != 1:
        return {}
    [observed] = model.observed_RVs
    return {"obs": observed} if names.get("obs", observed.name) == observed.name else {}


def _labels(model: Any, found: Mapping[str, Any]) -> dict[str, str]:
    """What each variable is called in the record: its own name, or the one that was asked for."""
    label = {v.name: v.name for v in model.named_vars.values()}
    asked = {v.name: name for name, v in found.items()}
    clash = {n: f"{n} (own)" for n in label if n in found and asked.get(n) != n}
    return {**label, **clash, **asked}


def _measure(
    model: Any,
    found: Mapping[str, Any],
    label: Mapping[str, str],
    challenge: Challenge,
    evidence: ModelEvidence,
) -> ModelEvidence:
    import pytensor.tensor as pt

    kept, idle = _needed(model, found)
    # PyMC may start at the very edge of a support, which a transform puts infinitely far away.
    start = {k: _finite(v) for k, v in model.initial_point().items()}
    values = [model.rvs_to_values[rv] for rv in kept]
    evidence = _anatomy(model, found, label, evidence)
    evidence = replace(
        evidence,
        free={label[rv.name]: start[v.name].size for rv, v in zip(kept, values, strict=True)},
        idle=[label[rv.name] for rv in idle],
        observed={label[rv.name]: observed_values(model, rv) for rv in model.observed_RVs},
    )
    discrete = [rv.name for rv in kept if not rv.dtype.startswith("float")]
    if discrete:
        return replace(evidence, problem="discrete", detail=", ".join(discrete))
    coarse = [rv.name for rv in kept if rv.dtype != "float64"]
    if coarse:
        return replace(evidence, problem="single-precision", detail=", ".join(coarse))

    steps = challenge.steps(evidence.n_free)
    points = [_shaped(model, start, kept, step) for step in steps]
    extras = _under_asked_name(model, {label[rv.name]: rv for rv in _unused(kept, found)})
    shown = {**found, **extras}
    factors = [*kept, *model.observed_RVs, *model.potentials]
    arguments = arguments_of({label[rv.name]: rv for rv in (*kept, *model.observed_RVs)})

    each = model.logp(vars=factors, jacobian=False, sum=False) if factors else []
    total = total_density(model, factors) if factors else pt.zeros(())
    graphs = model.replace_rvs_by_values([*shown.values(), *arguments.values()])
    inputs, outputs = plain(values, [total, *map(summed, each), *graphs])
    places = outputs[1 + len(each) :][: len(shown)]
    function = compile_checked(inputs, outputs)
    columns = iter(np.stack(column) for column in zip(*_evaluate(function, points), strict=True))

    log_density = next(columns)
    evidence = replace(
        evidence,
        points=steps,
        factors={label[v.name]: next(columns) for v in factors},
        theta={name: next(columns) for name in found},
        extras={name: next(columns) for name in extras},
        arguments={name: next(columns) for name in arguments},
    )
    evidence = replace(evidence, shapes={k: tuple(v.shape[1:]) for k, v in evidence.theta.items()})

    wide, far = (
        [_shaped(model, start, kept, step) for step in to(evidence.n_free)]
        for to in (challenge.wide_steps, challenge.far_steps)
    )
    wide_density, wide_theta = _elsewhere(function, wide, list(shown), 1 + len(each))
    _, reach = _elsewhere(function, far, list(shown), 1 + len(each))
    evidence = replace(evidence, reach=reach)
    count = sum(v[0].size for v in (*evidence.theta.values(), *evidence.extras.values()))
    if count == evidence.n_free:
        log_determinants = _log_determinants(inputs, places, points[0])
        evidence = replace(evidence, log_density=log_density - log_determinants(points))
        if wide_theta:
            wide_density = wide_density - _at_least_nan(log_determinants, wide)
            evidence = replace(evidence, wide=wide_theta, wide_density=wide_density)
    return evidence


def _finite(values: Any) -> Array:
    values = np.asarray(values, dtype=float)
    return np.where(np.isfinite(values), values, 0.0)


def _under_asked_name(model: Any, extras: dict[str, Any]) -> dict[str, Any]:
    """Degrees of freedom that are made of the one extra variable stand in its place."""
    nu = model.named_vars.get("nu")
    if nu is None or "nu" in extras or len(extras) != 1:
        return extras
    [extra] = extras.values()
    return {"nu": nu} if extra in _ancestors([nu]) else extras


def _elsewhere(
    function: Any, points: list, names: list[str], first: int
) -> tuple[Array, dict[str, Array]]:
    """Log density and named variables at points where a right model, too, may be beyond computing.

    Nothing if it is at all of them.
    """
    try:
        with np.errstate(all="ignore"):
            results = _evaluate(function, points)
    except Exception:  # whatever a model of one's own does out there
        return np.empty(0), {}
    places = {name: np.stack([r[first + i] for r in results]) for i, name in enumerate(names)}
    return np.stack([r[0] for r in results]), places


def _at_least_nan(log_determinants: Any, points: list) -> Array:
    try:
        return log_determinants(points)
    except Exception:  # as above
        return np.full(len(points), np.nan)


# Distributions of positive numbers, which a step must not take below zero.
_POSITIVE = {
    *("exponential", "halfnormal", "halfcauchy", "halfstudentt", "halfflat"),
    *("gamma", "invgamma", "lognormal", "chisquare", "weibull", "wald"),
}


def _shaped(model: Any, start: Mapping[str, Array], kept: list, step: Array) -> list[Array]:
    """The point that a step leads to, cut into the model's variables."""
    values = [model.rvs_to_values[rv] for rv in kept]
    ends = np.cumsum([start[v.name].size for v in values])
    parts = np.split(step, ends[:-1]) if values else []
    point = []
    for rv, value, part in zip(kept, values, parts, strict=True):
        origin = start[value.name]
        part = part.reshape(origin.shape)
        # Without a transform a scale lives on its own line, where steps are taken in proportion.
        free = model.rvs_to_transforms[rv] is not None or kind_of(rv) not in _POSITIVE
        point.append(origin + part if free else origin * np.exp(part))
    return point


# --- the anatomy of a model ----------------------------------------------------------------------


def _ancestors(variables: Iterable[Any]) -> set:
    from pytensor.graph.traversal import ancestors

    return set(ancestors(list(variables)))


def _needed(model: Any, found: Mapping[str, Any]) -> tuple[list, list]:
    """Free variables that something depends on, and those that nothing does."""
    kept = list(model.free_RVs)
    while True:
        ends = [*model.observed_RVs, *model.potentials, *found.values()]
        idle = [
            rv for rv in kept if rv not in _ancestors([*ends, *(k for k in kept if k is not rv)])
        ]
        if not idle:
            break
        kept = [rv for rv in kept if all(rv is not other for other in idle)]
    names = {rv.name for rv in kept}
    return kept, [rv for rv in model.free_RVs if rv.name not in names]


def _unused(kept: list, found: Mapping[str, Any]) -> list:
    """Free variables that no named one is, or is made of."""
    # What a named variable is drawn around (mu_slope, say) is an ancestor of it as well; for
    # naming extras that is as good: such a variable is not one too many, but a hidden layer.
    above = _ancestors(found.values())
    return [rv for rv in kept if rv not in above]


def _anatomy(
    model: Any, found: Mapping[str, Any], label: Mapping[str, str], evidence: ModelEvidence
) -> ModelEvidence:
    """Kinds, shapes and parents: what can be read off without computing anything."""
    shown = {label[rv.name]: rv for rv in model.basic_RVs} | dict(found)
    parents, added = {}, {label[p.name]: p for p in model.potentials}
    for name, variable in {**shown, **added}.items():
        above = _ancestors([variable])
        parents[name] = [k for k, v in shown.items() if v is not variable and v in above]
    return replace(
        evidence,
        kinds={
            name: kind_of(v) if v in model.basic_RVs else "deterministic"
            for name, v in shown.items()
        },
        parents=parents,
        shapes={k: shape for k, v in found.items() if (shape := _shape(model, v)) is not None},
    )


def _shape(model: Any, variable: Any) -> tuple[int, ...] | None:
    """The shape of a variable, if it is known without computing the variable."""
    if None not in variable.type.shape:
        return tuple(variable.type.shape)
    dims = model.named_vars_to_dims.get(variable.name, ())
    try:
        lengths = tuple(int(model.dim_lengths[d].eval()) for d in dims)
    except Exception:  # dimensions that the model does not know the length of
        return None
    return lengths if len(lengths) == variable.type.ndim else None


def kind_of(variable: Any) -> str:
    """Name of a random variable's distribution in small letters: normal, halfnormal, ..."""
    op = variable.owner.op
    op = getattr(op, "core_op", op)  # of a variable of pymc.dims
    name = getattr(op, "name", None) or type(op).__name__
    return str(name).lower().removesuffix("rv").replace("_", "")


def arguments_of(variables: Mapping[str, Any]) -> dict[str, Any]:
    """What each distribution was given, where PyMC can tell."""
    found = {}
    for name, rv in variables.items():
        try:
            parameters = rv.owner.op.dist_params(rv.owner)
        except Exception:  # a distribution that is a graph of others
            continue
        for i, parameter in enumerate(parameters):
            found[f"{name}.{i}"] = parameter
    return found


def observed_values(model: Any, rv: Any) -> Array:
    """Values of an observed variable."""
    value = model.rvs_to_values[rv]
    data = value.get_value() if hasattr(value, "get_value") else value.eval()
    return np.asarray(data, dtype=float)


# --- computing ------------------------------------------------------------------------------------


def _evaluate(function: Any, points: list[list[Array]]) -> list[list[Array]]:
    """Outputs at every point; NaN where a distribution refuses its arguments (a negative sd).

    Raises
    ------
    Exception
        What the function raised, if it did so at all points, or for an index out of range.
    """
    results, refused = [], []
    for u in points:
        try:
            results.append([np.asarray(a, dtype=float) for a in function(*u)])
        except IndexError:
            raise
        except Exception as error:
            results.append(None)
            refused.append(error)
    if len(refused) == len(points):
        raise refused[0]
    shapes = next([a.shape for a in r] for r in results if r is not None)
    nothing = [np.full(shape, np.nan) for shape in shapes]
    return [nothing if r is None else r for r in results]


def _log_determinants(values: list, graphs: list, point: list[Array]) -> Any:
    """Function from points to log |d theta / d u| at each, for theta the graphs strung together."""
    import pytensor.tensor as pt
    from pytensor.gradient import jacobian

    if not graphs:
        return lambda points: np.zeros(len(points))
    theta: Any = pt.concatenate([pt.atleast_1d(g).ravel() for g in graphs])

    def matrix(vectorize: bool) -> Any:
        blocks: list[Any] = [
            jacobian(theta, v, vectorize=vectorize, disconnected_inputs="ignore") for v in values
        ]
        return pt.concatenate([b.reshape((theta.shape[0], -1)) for b in blocks], axis=1)

    try:
        function = compile_checked(values, [matrix(vectorize=True)])
        function(*point)
    except Exception:  # an operation without a vectorized form: row by row, more slowly
        function = compile_checked(values, [matrix(vectorize=False)])

    def evaluate(points: list[list[Array]]) -> Array:
        with np.errstate(all="ignore"):
            return np.array([np.linalg.slogdet(function(*u)[0])[1] for u in points])

    return evaluate
