"""Measure a trace: its draws, its health, and whether it came from a model's sampler."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pooling.checks.evidence.graphs import attribute, compile_checked, in_own_space, total_density
from pooling.checks.records import TraceEvidence

Array = NDArray[np.float64]

_CHECKED_DRAWS = 60


def measure_trace(
    trace: Any,
    model: Any,
    wanted: Iterable[str],
    names: Mapping[str, str] | None = None,
) -> TraceEvidence:
    """Measure a trace.

    Parameters
    ----------
    trace : xarray.DataTree, or pymc's MultiTrace
        What ``pm.sample`` returned.
    model : pymc.Model or anything else
        The model it is said to come from; without one, no log density is recomputed.
    wanted : iterable of str
        The parameters to look at.
    names : mapping, optional
        The student's own names for the wanted ones.

    Returns
    -------
    TraceEvidence
    """
    wanted, names = tuple(wanted), names or {}
    trace = _as_tree(trace, model)
    posterior = _group(trace, "posterior")
    if posterior is None:
        return TraceEvidence(_what_else(trace), _described(trace))
    missing = [name for name in wanted if names.get(name, name) not in posterior]
    if missing:
        return TraceEvidence(f"trace-missing-{missing[0]}", ", ".join(map(str, posterior)))
    try:
        draws = {name: _draws(posterior[names.get(name, name)]) for name in wanted}
    except (TypeError, ValueError) as error:
        return TraceEvidence("trace-shape", str(error))
    statistics = _group(trace, "sample_stats")
    evidence = TraceEvidence(draws=draws, gaps=_gaps(posterior, statistics))
    if any(not values.size for values in draws.values()):
        return TraceEvidence("trace-shape", "there are no draws in it")
    if any(not np.isfinite(values).all() for values in draws.values()):
        bad = [name for name, values in draws.items() if not np.isfinite(values).all()]
        return TraceEvidence("trace-not-finite", ", ".join(bad))

    r_hat, ess = _health(draws)
    evidence = replace(evidence, r_hat=r_hat, ess=ess)
    if statistics is None:
        return evidence
    origin = {**posterior.attrs, **statistics.attrs}.get("inference_library", "")
    evidence = replace(evidence, statistics=sorted(map(str, statistics)), origin=str(origin))
    if "diverging" in statistics:
        evidence = replace(evidence, diverging=int(np.asarray(statistics["diverging"]).sum()))
    # Some samplers vary each step a little around the size that they were tuned to, the "bar".
    size = next((n for n in ("step_size_bar", "step_size") if n in statistics), None)
    if size is not None:
        evidence = replace(evidence, step_sizes=_last(statistics[size]))
    name = next((n for n in ("logp", "lp") if n in statistics), None)
    if name is None:
        return evidence
    return _with_densities(evidence, model, posterior, statistics[name])


def _as_tree(trace: Any, model: Any) -> Any:
    """PyMC's older MultiTrace as the tree that ``pm.sample`` returns otherwise."""
    if type(trace).__name__ != "MultiTrace":
        return trace
    import pymc as pm

    try:
        return pm.to_inference_data(trace, model=model, log_likelihood=False)
    except Exception:  # of a model that is not there, or not its own
        return trace


def _what_else(trace: Any) -> str:
    """What was handed in instead of a trace."""
    if isinstance(trace, np.ndarray | list | tuple):
        return "drawn-by-hand"
    children = attribute(trace, "children")
    variables = attribute(trace, "data_vars")
    if isinstance(variables, Mapping) and variables and not _has_draws(variables):
        return "point-estimate"
    if isinstance(children, Mapping) and children:  # a tree of other groups
        return "prior-draws" if "prior" in children else "not-a-trace"
    if attribute(trace, "data_vars") is not None and attribute(trace, "dims") is not None:
        return "posterior-only"
    if isinstance(trace, Mapping):
        sizes = [np.size(v) for v in trace.values()]
        return "point-estimate" if sizes and max(sizes) < 100 else "drawn-by-hand"
    return "not-a-trace"


def _has_draws(variables: Mapping[Any, Any]) -> bool:
    return any({"chain", "draw", "sample"} & set(v.dims) for v in variables.values())


def _described(trace: Any) -> str:
    """Its type, and of a tree what is in it."""
    children = attribute(trace, "children")
    if not isinstance(children, Mapping):
        return type(trace).__name__
    groups = ", ".join(map(str, children)) or "nothing"
    return f"{type(trace).__name__} without a posterior; there is {groups} in it"


def _group(trace: Any, name: str) -> Any:
    """A group of a tree, as a Dataset; None if there is none, or it is empty."""
    if (
        isinstance(trace, np.ndarray | list | tuple | str)
        or attribute(trace, "__getitem__") is None
    ):
        return None
    try:
        group = trace[name]
        group = group.to_dataset() if hasattr(group, "to_dataset") else group
        return group if len(group.data_vars) else None
    except Exception:  # whatever the object does when it is asked for a group
        return None


def _draws(variable: Any) -> Array:
    if not {"chain", "draw"} <= set(variable.dims):
        raise ValueError(f"{variable.name} has dimensions {variable.dims}, not chain and draw")
    return np.asarray(variable.transpose("chain", "draw", ...), dtype=float)


def _last(statistic: Any) -> Array:
    """The value at the last draw of each chain, shape (chains,); nothing if it has no such."""
    try:
        values = _draws(statistic)
    except (TypeError, ValueError):
        return np.empty(0)
    return values[:, -1] if values.ndim == 2 else np.empty(0)


def _gaps(posterior: Any, statistics: Any) -> int:
    """Count the places where draws are missing; thinning in equal steps leaves none."""
    gaps = 0
    if "draw" in posterior.coords and posterior["draw"].dtype.kind in "iu":
        numbers = np.asarray(posterior["draw"])
        steps = np.diff(numbers)
        if steps.size:
            usual = np.bincount(np.abs(steps)).argmax()
            # Where runs were joined, the numbers begin anew.
            joined = (steps < 0) & (numbers[1:] == numbers[0])
            gaps += int(((steps != usual) & ~joined).sum())
    if statistics is not None:
        gaps += sum(
            abs(int(posterior.sizes[d]) - int(statistics.sizes[d]))
            for d in ("chain", "draw")
            if d in posterior.sizes and d in statistics.sizes
        )
    return gaps


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


# --- log densities at the draws -------------------------------------------------------------------


def _with_densities(
    evidence: TraceEvidence, model: Any, posterior: Any, statistic: Any
) -> TraceEvidence:
    """Add recorded and recomputed log densities at draws spread over the whole trace."""
    try:
        recorded = _draws(statistic).ravel()
    except (TypeError, ValueError):
        return evidence
    chains, n = next(iter(evidence.draws.values())).shape[:2]
    if recorded.size != chains * n:
        return evidence
    chosen = np.unique(np.linspace(0, chains * n - 1, _CHECKED_DRAWS).astype(int))
    evidence = replace(evidence, checked=chosen.astype(float), recorded=recorded[chosen])
    if attribute(model, "value_vars") is None or any(
        rv.name not in posterior for rv in model.free_RVs
    ):
        return evidence  # saved without some of the variables that it was sampled in
    try:
        recomputed = _recompute(model, posterior, chosen, n)
    except Exception:  # draws of another shape than the model's variables: another model's
        recomputed = np.full(chosen.size, np.nan)
    return replace(evidence, recomputed=recomputed)


def _recompute(model: Any, posterior: Any, chosen: NDArray[np.int64], n: int) -> Array:
    """The model's log density in its unconstrained space, at the chosen draws."""
    inputs, logp = in_own_space(model, [total_density(model)])
    function = compile_checked(inputs, logp)
    columns = [_draws(posterior[rv.name]) for rv in model.free_RVs]
    return np.array(
        [
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
    )
