"""Evidence: plain arrays and strings about an answer, which can be kept in a file.

Records hold what was measured and judge nothing. They are saved as NumPy's ``npz`` with a JSON
skeleton and no pickle, so that evidence from a stranger's process can be read without running
anything of theirs. The file says its version, and a file of another version is refused.
"""

import json
from dataclasses import dataclass, field, fields
from pathlib import Path
from types import MappingProxyType
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

#: Version of the records below; goes up whenever a field changes its name or meaning.
VERSION = 3


def _nothing() -> Array:
    return np.empty(0)


@dataclass(frozen=True)
class ModelEvidence:
    """What a model says of itself at random points of its unconstrained space.

    Free variables on which nothing else in the model depends (a prediction, say) are left out:
    integrated over, they change nothing.

    Attributes
    ----------
    problem, detail : str
        Code and particulars of what kept the model from being measured; empty if nothing did.
    present : list of str
        Names of all the model's variables.
    missing : list of str
        Names that were asked for and are not there.
    shapes : dict
        Shape of each named variable that was asked for and found.
    kinds : dict
        Name of the distribution of every random variable; "deterministic" for named variables
        that are not random.
    free : dict
        Number of scalars in each free variable.
    idle : list of str
        Free variables that were left out.
    parents : dict
        For each random variable, those that it depends on; for named ones also the other named,
        and so for potentials.
    observed : dict
        Values of each observed variable.
    points : array, shape (m, n_free)
        Steps from the model's start to the points.
    theta : dict
        Named variables at the points, shape (m, *shape).
    extras : dict
        Free variables at the points that no named one is made of, shape (m, *shape).
    reach : dict
        Named variables and extras far from the model's start, shape (f, *shape): how far they can
        go. Empty if the model could not be computed there.
    wide : dict
        Named variables and extras at points of uncommon values, shape (w, *shape).
    wide_density : array, shape (w,)
        As `log_density`, at those points; NaN where it cannot be computed.
    log_density : array, shape (m,)
        Joint log density of named variables and extras at the points,
        ``logp(u) - log |d theta / d u|``. Empty where their number is not that of the free ones.
    factors : dict
        Log density of every random variable by itself given its parents, and value of every
        potential, summed over its elements, at the points, shape (m,).
    arguments : dict
        What the distributions of the random variables were given: ``"slope.0"`` is the first
        argument of slope's, at the points, shape (m, *shape).
    gap : dict
        One draw from the prior of what the same builder makes when some groups have no rows
        (`Challenge.gapped`): its "slope", of any shape, and the "mean" of each row. Without what
        could not be told, and empty if it was not tried.
    """

    problem: str = ""
    detail: str = ""
    present: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    shapes: dict[str, tuple[int, ...]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    free: dict[str, int] = field(default_factory=dict)
    idle: list[str] = field(default_factory=list)
    parents: dict[str, list[str]] = field(default_factory=dict)
    observed: dict[str, Array] = field(default_factory=dict)
    points: Array = field(default_factory=_nothing)
    theta: dict[str, Array] = field(default_factory=dict)
    extras: dict[str, Array] = field(default_factory=dict)
    reach: dict[str, Array] = field(default_factory=dict)
    wide: dict[str, Array] = field(default_factory=dict)
    wide_density: Array = field(default_factory=_nothing)
    log_density: Array = field(default_factory=_nothing)
    factors: dict[str, Array] = field(default_factory=dict)
    arguments: dict[str, Array] = field(default_factory=dict)
    gap: dict[str, Array] = field(default_factory=dict)

    @property
    def n_free(self) -> int:
        """Number of scalar free variables."""
        return sum(self.free.values())

    @property
    def potentials(self) -> list[str]:
        """Names of what was added to the log density beside the random variables' own."""
        return [name for name in self.factors if name not in self.kinds]


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
    gaps : int
        Number of places where draws were taken out: jumps in the draws' own numbers.
    origin : str
        Name of the library that made the trace, as it says itself; empty if it does not.
    step_sizes : array, shape (chains,)
        The sampler's last step size in each chain; empty if it does not say.
    r_hat, ess : dict
        Worst R-hat and least bulk ESS of each named variable (NaN for one chain's R-hat).
    checked : array, shape (k,)
        Which draws the log densities belong to, counted over the chains strung together.
    recorded, recomputed : array, shape (k,)
        Log density at those draws, as the sampler recorded it and as the model gives it; empty
        if the trace or the model lacks what that takes.
    """

    problem: str = ""
    detail: str = ""
    draws: dict[str, Array] = field(default_factory=dict)
    statistics: list[str] = field(default_factory=list)
    diverging: int = -1
    gaps: int = 0
    origin: str = ""
    step_sizes: Array = field(default_factory=_nothing)
    r_hat: dict[str, float] = field(default_factory=dict)
    ess: dict[str, float] = field(default_factory=dict)
    checked: Array = field(default_factory=_nothing)
    recorded: Array = field(default_factory=_nothing)
    recomputed: Array = field(default_factory=_nothing)


@dataclass(frozen=True)
class ValueEvidence:
    """A number, an array, or a mapping from numbers to numbers that was handed in.

    Attributes
    ----------
    problem, detail : str
        Code and particulars if there is no answer.
    text : str
        How it prints, shortened; for messages.
    values : array
        Its numbers; empty if it has none, or some that are not finite.
    keys : array
        Keys of a mapping, in the order of the values.
    textual : bool
        Whether the keys are texts that hold numbers.
    ess : float
        Of an array of draws, how many independent ones it is worth; 0 if it is no such array.
    """

    problem: str = ""
    detail: str = ""
    text: str = ""
    values: Array = field(default_factory=_nothing)
    keys: Array = field(default_factory=_nothing)
    textual: bool = False
    ess: float = 0.0


@dataclass(frozen=True)
class FunctionEvidence:
    """What a function returned for the challenge's numbers.

    Attributes
    ----------
    problem, detail : str
        Code and particulars if it could not be called.
    scalars : array, shape (m,)
        For one number after the other; NaN where it did not return one number.
    array : array, shape (m + 1,)
        For all of them at once, and before them for a slope that has not moved.
    changed : bool
        Whether the arrays that it was given were others afterwards.
    whole : bool
        Whether it cuts shares to whole numbers where it is given arrays of these.
    """

    problem: str = ""
    detail: str = ""
    scalars: Array = field(default_factory=_nothing)
    array: Array = field(default_factory=_nothing)
    changed: bool = False
    whole: bool = False


Record = ModelEvidence | TraceEvidence | ValueEvidence | FunctionEvidence


@dataclass(frozen=True)
class Evidence:
    """All that was found for one test cell.

    Attributes
    ----------
    cell : str
        Name of the cell's check.
    seed : int
        Of the challenge it was gathered with.
    fresh : bool
        Whether the builder was tried on fresh data instead of the course's.
    records : dict
        By what they are about: "model", "trace", or the name of an answer.
    version : int
    """

    cell: str
    seed: int
    fresh: bool = False
    records: dict[str, Record] = field(default_factory=dict)
    version: int = VERSION

    def save(self, path: Path) -> None:
        """Write the evidence to an ``npz`` file."""
        arrays: dict[str, Any] = {}
        skeleton = json.dumps(_flatten(self, arrays))
        with Path(path).open("wb") as file:
            np.savez_compressed(file, skeleton=np.array(skeleton), **arrays)

    @classmethod
    def load(cls, path: Path) -> "Evidence":
        """Read evidence from a file; nothing in it is run.

        Raises
        ------
        ValueError
            If the file does not hold evidence of this version.
        """
        try:
            with np.load(path, allow_pickle=False) as file:
                skeleton = json.loads(str(file["skeleton"]))
                version = skeleton.get("version") if isinstance(skeleton, dict) else None
                if version != VERSION:
                    raise ValueError(f"it has version {version!r}, and {VERSION} is asked")
                found = _build(skeleton, file)
        except (BadZipFile, EOFError, KeyError, TypeError, ValueError) as error:
            raise ValueError(
                f"{path} holds no evidence that can be read: {error}. Gather it anew, with the "
                "version of the course that judges it"
            ) from error
        if not isinstance(found, cls):
            raise ValueError(f"{path} holds no evidence but a {type(found).__name__}")
        return found


_RECORDS = MappingProxyType(
    {
        c.__name__: c
        for c in (Evidence, ModelEvidence, TraceEvidence, ValueEvidence, FunctionEvidence)
    }
)


def _flatten(value: Any, arrays: dict[str, Any]) -> Any:
    """A record as JSON, its arrays put aside."""
    if isinstance(value, np.ndarray):
        name = f"array-{len(arrays)}"
        arrays[name] = value
        return {"$array": name}
    if type(value).__name__ in _RECORDS:
        parts = {f.name: _flatten(getattr(value, f.name), arrays) for f in fields(value)}
        return {"$record": type(value).__name__, **parts}
    if isinstance(value, dict):
        return {"$items": {str(k): _flatten(v, arrays) for k, v in value.items()}}
    if isinstance(value, tuple):
        return {"$tuple": [int(v) for v in value]}
    return value


def _build(value: Any, arrays: Any) -> Any:
    """The way back of `_flatten`; every field must have the type of its default."""
    if not isinstance(value, dict):
        return value
    if "$array" in value:
        array = arrays[value["$array"]]
        if array.dtype.kind not in "fiu":
            raise ValueError(f"{value['$array']} holds no numbers")
        return array.astype(float)
    if "$items" in value:
        return {k: _build(v, arrays) for k, v in value["$items"].items()}
    if "$tuple" in value:
        return tuple(value["$tuple"])
    parts = {k: _build(v, arrays) for k, v in value.items() if k != "$record"}
    record = _RECORDS[value["$record"]](**parts)
    _check_types(record)
    return record


_TYPES: dict[str, tuple[type, ...]] = {
    "str": (str,),
    "int": (int,),
    "float": (int, float),
    "bool": (bool,),
    "Array": (np.ndarray,),
}


def _check_types(record: Any) -> None:
    for f in fields(record):
        kind = str(getattr(f.type, "__name__", f.type)).split("[")[0]
        expected = {"dict": (dict,), "list": (list,), "ndarray": (np.ndarray,)} | _TYPES
        found = getattr(record, f.name)
        if not isinstance(found, expected.get(kind, (object,))):
            raise ValueError(
                f"{type(record).__name__}.{f.name} is a {type(found).__name__}, not a {kind}"
            )
