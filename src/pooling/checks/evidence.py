"""What is found beside the student's objects, as plain arrays and strings.

This is the only part of the checks that touches PyMC. It measures and does not judge: the
verdict is made from these records alone, so it can be made elsewhere, or again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

_POINTS = 12
_CHECKED_DRAWS = 60


@dataclass(frozen=True)
class ModelEvidence:
    """What a model says of itself at random points of its unconstrained space.

    Attributes
    ----------
    problem, detail : str
        Code and particulars of what kept the model from being measured; empty if nothing did.
    shapes : dict
        Shape of each named variable that was asked for and found.
    kinds : dict
        Name of the distribution, or "Deterministic", of each of those.
    n_free : int
        Number of scalar free variables.
    free : dict
        Number of scalars in each free variable.
    parents : dict
        For each named variable that was found, the other named ones that it depends on.
    observed : dict
        Values of each observed variable.
    theta : dict
        Named variables at the points, shape (m, *shape).
    log_density : array, shape (m,)
        Log density of the named variables at the points, ``logp(u) - log |d theta / d u|``.
        Empty where the numbers of free and of named scalars differ.
    """

    problem: str = ""
    detail: str = ""
    shapes: dict[str, tuple[int, ...]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    n_free: int = 0
    free: dict[str, int] = field(default_factory=dict)
    parents: dict[str, list[str]] = field(default_factory=dict)
    observed: dict[str, Array] = field(default_factory=dict)
    theta: dict[str, Array] = field(default_factory=dict)
    log_density: Array = field(default_factory=lambda: np.empty(0))


@dataclass(frozen=True)
class TraceEvidence:
    """What a trace says of itself, and how its draws fit a model's log density.

    Attributes
    ----------
    problem, detail : str
        Code and particulars of what kept the trace from being measured; empty if nothing did.
    draws : dict
        Draws of each named variable, shape (chains, draws, *shape).
    statistics : list of str
        Names of the sampler's statistics.
    diverging : int
        Number of divergent draws; -1 if the sampler does not say.
    r_hat, ess : dict
        Worst R-hat and least bulk ESS of each named variable (NaN for one chain's R-hat).
    recorded, recomputed : array, shape (k,)
        Log density at some draws, as the sampler recorded it and as the model gives it; empty
        if the trace or the model lacks what that takes.
    """

    problem: str = ""
    detail: str = ""
    draws: dict[str, Array] = field(default_factory=dict)
    statistics: list[str] = field(default_factory=list)
    diverging: int = -1
    r_hat: dict[str, float] = field(default_factory=dict)
    ess: dict[str, float] = field(default_factory=dict)
    recorded: Array = field(default_factory=lambda: np.empty(0))
    recomputed: Array = field(default_factory=lambda: np.empty(0))


# --- models -------------------------------------------------------------------------------------


def build(builder: Any, *arguments: Any) -> Any:
    """Call a student's builder; what it raises, or returns instead of a model, is evidence too.

    Returns
    -------
    pymc.Model or ModelEvidence
        The evidence holds the problem if there is no model.
    """
    import pymc as pm

    if not callable(builder):
        return ModelEvidence("not-a-function", type(builder).__name__)
    try:
        model = builder(*arguments)
    except NotImplementedError:
        return ModelEvidence("not-written")
    except Exception as error:
        return ModelEvidence("raised", _describe(error))
    if model is None:
        return ModelEvidence("returns-nothing")
    if not isinstance(model, pm.Model):
        return ModelEvidence("not-a-model", type(model).__name__)
    return model


def measure_model(
    model: Any,
    wanted: tuple[str, ...],
    rng: np.random.Generator,
    names: Mapping[str, str] | None = None,
) -> ModelEvidence:
    """Measure a model's log density at random points.

    Parameters
    ----------
    model : pymc.Model or ModelEvidence
        What `build` returned.
    wanted : tuple of str
        The parameters that make up theta.
    rng : numpy.random.Generator
        Draws the points.
    names : mapping, optional
        The student's own names for the wanted ones.

    Returns
    -------
    ModelEvidence
    """
    if isinstance(model, ModelEvidence):
        return model
    names = names or {}
    found = {
        name: model.named_vars[names.get(name, name)]
        for name in wanted
        if names.get(name, name) in model.named_vars
    }
    record: dict[str, Any] = {
        "kinds": {name: _kind(model, rv) for name, rv in found.items()},
        "parents": _parents(found),
        "shapes": {k: v.type.shape for k, v in found.items() if None not in v.type.shape},
    }
    try:
        return _measure(model, found, wanted, rng, record)
    except IndexError as error:
        return ModelEvidence("index-out-of-range", _describe(error), **record)
    except Exception as error:
        return ModelEvidence("raised", _describe(error), **record)


def _measure(
    model: Any,
    found: Mapping[str, Any],
    wanted: tuple[str, ...],
    rng: np.random.Generator,
    record: dict[str, Any],
) -> ModelEvidence:
    start = {k: np.asarray(v, dtype=float) for k, v in model.initial_point().items()}
    values = list(model.value_vars)
    record["free"] = {rv.name: start[model.rvs_to_values[rv].name].size for rv in model.free_RVs}
    record["n_free"] = sum(record["free"].values())
    record["observed"] = {rv.name: _observed(model, rv) for rv in model.observed_RVs}

    discrete = [rv.name for rv in model.free_RVs if not rv.dtype.startswith("float")]
    if discrete:
        return ModelEvidence("discrete", ", ".join(discrete), **record)
    missing = [name for name in wanted if name not in found]
    if missing:
        present = ", ".join(f"`{name}`" for name in model.named_vars) or "none at all"
        return ModelEvidence(f"missing-{missing[0]}", present, **record)

    graphs = model.replace_rvs_by_values(list(found.values()))
    function = _compile(values, [*graphs, model.logp(jacobian=True)])
    points = [
        [start[v.name] + 0.7 * rng.standard_normal(start[v.name].shape) for v in values]
        for _ in range(_POINTS)
    ]
    results = [[np.asarray(a, dtype=float) for a in function(*u)] for u in points]
    theta = {k: np.stack([r[i] for r in results]) for i, k in enumerate(found)}
    record["theta"] = theta
    record["shapes"] = {k: v.shape[1:] for k, v in theta.items()}

    if sum(v[0].size for v in theta.values()) == record["n_free"]:
        log_det = _log_determinants(values, graphs, points)
        record["log_density"] = np.array([float(r[-1]) for r in results]) - log_det
    return ModelEvidence(**record)


def _compile(inputs: list, outputs: list) -> Any:
    import pytensor

    # FAST_COMPILE checks every index; the default backend reads out of bounds in silence.
    return pytensor.function(  # pyright: ignore[reportPrivateImportUsage]
        inputs, outputs, mode="FAST_COMPILE", on_unused_input="ignore"
    )


def _log_determinants(values: list, graphs: list, points: list[list[Array]]) -> Array:
    """log |d theta / d u| at each point, for theta the graphs strung together."""
    import pytensor.tensor as pt
    from pytensor.gradient import jacobian

    theta: Any = pt.concatenate([pt.atleast_1d(g).ravel() for g in graphs])

    def matrix(vectorize: bool) -> Any:
        blocks: list[Any] = [
            jacobian(theta, v, vectorize=vectorize, disconnected_inputs="ignore") for v in values
        ]
        return pt.concatenate([b.reshape((theta.shape[0], -1)) for b in blocks], axis=1)

    try:
        function = _compile(values, [matrix(vectorize=True)])
        matrices = [function(*u)[0] for u in points]
    except Exception:  # an operation without a vectorized form: row by row, more slowly
        function = _compile(values, [matrix(vectorize=False)])
        matrices = [function(*u)[0] for u in points]
    return np.array([np.linalg.slogdet(m)[1] for m in matrices])


def _observed(model: Any, rv: Any) -> Array:
    value = model.rvs_to_values[rv]
    data = value.get_value() if hasattr(value, "get_value") else value.eval()
    return np.asarray(data, dtype=float)


def _kind(model: Any, variable: Any) -> str:
    if variable not in model.basic_RVs:
        return "Deterministic"
    # A PyMC random variable's operation is named as in normal_rv{...}.
    return str(variable.owner.op).split("_rv")[0].split("{")[0]


def _parents(found: Mapping[str, Any]) -> dict[str, list[str]]:
    from pytensor.graph.traversal import ancestors

    result = {}
    for name, variable in found.items():
        above = set(ancestors([variable]))
        result[name] = [k for k, v in found.items() if k != name and v in above]
    return result


def _describe(error: BaseException) -> str:
    """An exception in one line, without a graph's dump behind it."""
    lines = str(error).strip().splitlines() or [""]
    return f"{type(error).__name__}: {lines[0][:200]}".rstrip(": ")


# --- traces -------------------------------------------------------------------------------------


def measure_trace(
    trace: Any,
    model: Any,
    wanted: tuple[str, ...],
    names: Mapping[str, str] | None = None,
) -> TraceEvidence:
    """Measure a trace: its draws, its health, and whether it came from this model's sampler.

    Parameters
    ----------
    trace : xarray.DataTree or arviz.InferenceData
        What ``pm.sample`` returned.
    model : pymc.Model or anything else
        The model it is said to come from; without one, no log density is recomputed.
    wanted : tuple of str
        The parameters to look at.
    names : mapping, optional
        The student's own names for the wanted ones.

    Returns
    -------
    TraceEvidence
    """
    names = names or {}
    posterior = _group(trace, "posterior")
    if posterior is None:
        return TraceEvidence("not-a-trace", type(trace).__name__)
    missing = [name for name in wanted if names.get(name, name) not in posterior]
    if missing:
        return TraceEvidence(f"trace-missing-{missing[0]}", ", ".join(map(str, posterior)))
    try:
        draws = {name: _draws(posterior[names.get(name, name)]) for name in wanted}
    except ValueError as error:
        return TraceEvidence("trace-shape", str(error))
    bad = [name for name, values in draws.items() if not np.isfinite(values).all()]
    if bad:
        return TraceEvidence("trace-not-finite", ", ".join(bad))

    statistics = _group(trace, "sample_stats")
    record: dict[str, Any] = {"draws": draws}
    record["r_hat"], record["ess"] = _health(draws)
    if statistics is not None:
        record["statistics"] = sorted(map(str, statistics))
        if "diverging" in statistics:
            record["diverging"] = int(np.asarray(statistics["diverging"]).sum())
        name = next((n for n in ("logp", "lp") if n in statistics), None)
        if name is not None and hasattr(model, "value_vars"):
            recorded = _draws(statistics[name])
            record["recorded"], record["recomputed"] = _densities(model, posterior, recorded)
    return TraceEvidence(**record)


def _group(trace: Any, name: str) -> Any:
    """A group of a DataTree or of an InferenceData; None if there is none, or it is empty."""
    try:
        group = trace[name]
        group = group.to_dataset() if hasattr(group, "to_dataset") else group
        return group if len(group.data_vars) else None
    except Exception:
        return None


def _draws(variable: Any) -> Array:
    if not {"chain", "draw"} <= set(variable.dims):
        raise ValueError(f"{variable.name} has dimensions {variable.dims}, not chain and draw")
    return np.asarray(variable.transpose("chain", "draw", ...), dtype=float)


def _health(draws: Mapping[str, Array]) -> tuple[dict[str, float], dict[str, float]]:
    """Worst R-hat and least bulk ESS of each variable."""
    import arviz as az
    import xarray as xr

    chains, n = next(iter(draws.values())).shape[:2]
    if n < 4:  # too few for either
        return dict.fromkeys(draws, np.nan), dict.fromkeys(draws, 0.0)
    columns = xr.Dataset(
        {
            name: (("chain", "draw", f"{name}_element"), values.reshape(chains, n, -1))
            for name, values in draws.items()
        }
    )
    ess: Any = az.ess(columns, method="bulk")
    r_hat: Any = az.rhat(columns) if chains > 1 else columns * np.nan
    return (
        {name: float(r_hat[name].max()) for name in draws},
        {name: float(ess[name].min()) for name in draws},
    )


def _densities(model: Any, posterior: Any, recorded: Array) -> tuple[Array, Array]:
    """Recorded and recomputed log densities at draws spread over the whole trace."""
    chains, n = recorded.shape
    nothing = np.empty(0), np.empty(0)
    if any(rv.name not in posterior for rv in model.free_RVs):
        return nothing  # saved without some of the variables it was sampled in
    inputs = [rv.type() for rv in model.free_RVs]
    unconstrained = []
    for rv, draw in zip(model.free_RVs, inputs, strict=True):
        transform = model.rvs_to_transforms[rv]
        unconstrained.append(
            draw if transform is None else transform.forward(draw, *rv.owner.inputs)
        )
    # A transform may depend on other variables (an interval's ends): they take their draws too.
    from pytensor.graph.replace import clone_replace

    replacements = dict(zip(model.free_RVs, inputs, strict=True))
    unconstrained = clone_replace(unconstrained, replacements, rebuild_strict=False)
    logp = clone_replace(
        [model.logp(jacobian=True)],
        dict(zip(model.value_vars, unconstrained, strict=True)),
        rebuild_strict=False,
    )
    function = _compile(inputs, logp)
    columns = [_draws(posterior[rv.name]) for rv in model.free_RVs]
    chosen = np.unique(np.linspace(0, chains * n - 1, _CHECKED_DRAWS).astype(int))
    try:
        recomputed = [
            float(
                function(
                    *(
                        c[divmod(i, n)].astype(rv.dtype)
                        for c, rv in zip(columns, model.free_RVs, strict=True)
                    )
                )[0]
            )
            for i in chosen
        ]
    except Exception:  # draws of another shape than the model's variables: another model's
        return recorded.ravel()[chosen], np.full(chosen.size, np.nan)
    return recorded.ravel()[chosen], np.array(recomputed)
