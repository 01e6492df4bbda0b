"""Measure what is neither a model nor a trace: numbers, arrays, mappings and functions."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pooling.checks.challenge import Challenge
from pooling.checks.evidence.graphs import attribute, describe
from pooling.checks.records import FunctionEvidence, ValueEvidence

Array = NDArray[np.float64]


def measure_value(value: Any) -> ValueEvidence:
    """Take the numbers out of whatever holds them: a list, a DataArray, a frame, a mapping."""
    if isinstance(value, Mapping):
        keys, values = _numbers(list(value)), _numbers(list(value.values()))
        textual = any(isinstance(key, str) for key in value)
        return ValueEvidence(text=_short(value), values=values, keys=keys, textual=textual)
    # xarray puts the draws last when it stacks chains; its dimensions say so.
    dims = attribute(value, "dims", ())
    if isinstance(dims, tuple) and "sample" in dims and len(dims) == np.ndim(value):
        value = value.transpose("sample", ...)
    values = _numbers(value)
    return ValueEvidence(text=_short(value), values=values, ess=_independent(values))


def _independent(values: Array) -> float:
    """How many independent draws an array of draws is worth: the least over its columns."""
    if values.ndim not in (2, 3) or len(values) * values.shape[1] < 100:
        return 0.0
    import arviz as az

    columns = np.moveaxis(values, -1, 0)
    try:
        return float(min(np.asarray(az.ess(np.atleast_2d(c), method="mean")) for c in columns[:20]))
    except Exception:  # columns that do not vary
        return 0.0


def _numbers(value: Any) -> Array:
    try:
        found = np.asarray(value)
        if found.dtype.kind == "c":
            return np.empty(0)
        array = found.astype(float)
    except Exception:  # whatever the object does when it is asked for numbers
        return np.empty(0)
    return array if array.size and np.isfinite(array).all() else np.empty(0)


def _short(value: Any) -> str:
    if value is None:
        return "None"
    try:
        text = " ".join(repr(value).split())
    except Exception:  # an object that cannot even print itself
        text = f"a {type(value).__name__}"
    return text if len(text) <= 60 else f"{text[:57]}..."


def measure_function(function: Any, challenge: Challenge) -> FunctionEvidence:
    """Call a function of (unpooled, partial, population) on numbers and on arrays.

    The first slope has not moved, and only the arrays have it: among numbers, a fraction that is
    upside down would raise there, and not show what it is elsewhere.
    """
    if not callable(function):
        return FunctionEvidence("not-a-function", type(function).__name__)
    unpooled, partial, population = challenge.slopes()
    given, asked = (unpooled.copy(), partial.copy()), "numbers"
    try:
        returned = [
            function(float(u), float(p), population)
            for u, p in zip(unpooled[1:], partial[1:], strict=True)
        ]
        asked = "arrays"
        array = function(*given, population)
    except NotImplementedError:
        return FunctionEvidence("not-written")
    except Exception as error:
        return FunctionEvidence("function-raised", f"for {asked}: {describe(error)}")
    if array is None and all(value is None for value in returned):
        return FunctionEvidence("function-returns-nothing")
    scalars = map(_numbers, returned)
    return FunctionEvidence(
        scalars=np.array([s.item() if s.size == 1 else np.nan for s in scalars]),
        array=_numbers(array),
        changed=not all(map(np.array_equal, given, (unpooled, partial))),
        whole=_cuts(function),
    )


def _cuts(function: Any) -> bool:
    """Are shares cut to whole numbers for arrays of these? To refuse them is no mistake."""
    try:
        shares = _numbers(function(np.array([5, 9, 12]), np.array([4, 6, 11]), 2.0))
    except Exception:
        return False
    return shares.size == 3 and not shares.any()  # of 1/3, 3/7 and 1/10
