"""Borrowing Strength: Bayesian hierarchical models with PyMC, taught, practiced and graded.

The submodules load on first use, so that ``import pooling`` costs nothing: `data` and `exact`
need only NumPy and SciPy, and a grader that reads recorded answers need not start PyMC.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pooling import checks as checks
    from pooling import data as data
    from pooling import exact as exact
    from pooling import models as models
    from pooling import plots as plots
    from pooling.data import load_groups as load_groups
    from pooling.data import simulate_groups as simulate_groups

__version__ = "0.1.0"

_SUBMODULES = ("checks", "data", "exact", "models", "plots")
_FROM_DATA = ("load_groups", "simulate_groups")

__all__ = ["checks", "data", "exact", "load_groups", "models", "plots", "simulate_groups"]


def __getattr__(name: str):
    if name in _SUBMODULES:
        return import_module(f"pooling.{name}")
    if name in _FROM_DATA:
        return getattr(import_module("pooling.data"), name)
    raise AttributeError(f"module 'pooling' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
