"""What the measuring of models and of traces has in common."""

from collections.abc import Sequence
from functools import reduce
from operator import add
from typing import Any, cast


def compile_checked(inputs: list, outputs: list) -> Any:
    """Compile a graph so that every index in it is checked."""
    import pytensor
    from pytensor.compile.mode import get_mode

    inputs, outputs = plain(inputs, outputs)
    # FAST_COMPILE checks every index; the default backend reads out of bounds in silence. But it
    # gathers sums and products of many terms into one operation, and NumPy takes 32 at most.
    mode = get_mode("FAST_COMPILE").excluding("local_add_canonizer", "local_mul_canonizer")
    return pytensor.function(  # pyright: ignore[reportPrivateImportUsage]
        inputs, outputs, mode=mode, on_unused_input="ignore"
    )


def plain(inputs: Sequence[Any], outputs: Sequence[Any]) -> tuple[list, list]:
    """The same graphs in plain tensors: variables of ``pymc.dims`` have axes with names."""
    from pytensor.graph.replace import clone_replace
    from pytensor.graph.rewriting.utils import rewrite_graph
    from pytensor.xtensor.type import XTensorType, as_xtensor

    def is_named(variable: Any) -> bool:
        return isinstance(variable.type, XTensorType)

    tensors = {v: v.values.type(name=v.name) for v in inputs if is_named(v)}
    if tensors or any(map(is_named, outputs)):
        named = {v: as_xtensor(t, dims=v.type.dims) for v, t in tensors.items()}
        values = [v.values if is_named(v) else v for v in outputs]
        cloned = clone_replace(values, named, rebuild_strict=False)
        outputs = cast(list, rewrite_graph(cloned, include=("lower_xtensor",)))
    return [tensors.get(v, v) for v in inputs], list(outputs)


def total_density(model: Any, variables: Sequence[Any] | None = None) -> Any:
    """Log density of a model, or of some of its terms, in its unconstrained space.

    Terms are added one by one: PyMC would hand all of them to one operation, which takes 32 at most
    where indices are checked.
    """
    import pytensor.tensor as pt

    terms = model.logp(vars=variables, jacobian=True, sum=False)
    return reduce(add, map(summed, terms), pt.zeros(()))


def summed(term: Any) -> Any:
    """The sum of a term over its elements, a plain scalar."""
    [], [term] = plain([], [term])
    return term.sum() if term.ndim else term


def in_own_space(model: Any, outputs: Sequence[Any]) -> tuple[list, list]:
    """Graphs of a model's values as graphs of its free variables, in their own space.

    Parameters
    ----------
    model : pymc.Model
    outputs : sequence of tensors
        Graphs of ``model.value_vars``, which may live on transformed scales.

    Returns
    -------
    inputs, outputs : list of tensors
        One input for each free variable, in the model's order.
    """
    from pytensor.graph.replace import clone_replace

    inputs = [rv.type() for rv in model.free_RVs]
    values = []
    for rv, own in zip(model.free_RVs, inputs, strict=True):
        transform = model.rvs_to_transforms[rv]
        values.append(own if transform is None else transform.forward(own, *rv.owner.inputs))
    # A transform may depend on other variables (an interval's ends): they are inputs too.
    replacements = dict(zip(model.free_RVs, inputs, strict=True))
    values = clone_replace(values, replacements, rebuild_strict=False)
    places = dict(zip(model.value_vars, values, strict=True))
    return inputs, clone_replace(list(outputs), places, rebuild_strict=False)


def attribute(value: Any, name: str, default: Any = None) -> Any:
    """An attribute of anything at all; some objects raise what they like when they are asked."""
    try:
        return getattr(value, name, default)
    except Exception:
        return default


def describe(error: BaseException) -> str:
    """An exception in one line, without a graph's dump behind it."""
    try:
        lines = str(error).strip().splitlines() or [""]
    except Exception:  # an exception whose own message raises
        lines = [""]
    return f"{type(error).__name__}: {lines[0][:200]}".rstrip(": ")
