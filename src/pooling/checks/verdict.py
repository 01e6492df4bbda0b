"""From evidence to a verdict: points, a code, a message.

Everything here is a function of plain arrays and strings; neither PyMC nor nbgrader is known.
No hard fail rests on Monte Carlo error: a model is judged by its exact joint density, and what a
random run got wrong is a RERUN, which keeps part of the points and says what to change.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pooling.checks.density import Density, Rows, Term, smallest_group
from pooling.checks.diagnosis import explain
from pooling.checks.evidence import ModelEvidence, TraceEvidence

Array = NDArray[np.float64]

# Of the models in the tests, right ones differ from the closed form by at most 2e-10 of its size
# and wrong ones by at least 4e-7; test_verdict keeps both sides apart.
_AGREEMENT = 1e-8
# A sampler's own note of the log density agrees with the model to 1e-12.
_PROVENANCE = 1e-6

# Gates of a run's health. They are looser than the customary ones (R-hat below 1.01, no
# divergence), which send back many honest runs of the centered model: its chains are slow, not
# wrong. benchmarks/honest_runs.py counts both.
MOST_DIVERGENT = 0.01
MOST_R_HAT = 1.1
LEAST_ESS = 50.0
MOST_DISTANCE = 6.0  # sup |F - uniform| * sqrt(ESS); 6 has probability below 1e-30 by chance

_RERUN = 0.5


@dataclass(frozen=True)
class Verdict:
    """What an answer earns, and why.

    Attributes
    ----------
    share : float
        Share of the cell's points, 0 to 1.
    code : str
        "right", or the code of the diagnosis.
    message : str
        For the student.
    page : str
        Title of the page of the book to read; empty if nothing is wrong.
    """

    share: float
    code: str
    message: str
    page: str = ""

    @property
    def right(self) -> bool:
        return self.share == 1.0


def right(message: str) -> Verdict:
    return Verdict(1.0, "right", message)


def wrong(code: str, **values: Any) -> Verdict:
    return Verdict(0.0, code, *explain(code, **values))


def rerun(code: str, **values: Any) -> Verdict:
    return Verdict(_RERUN, code, *explain(code, **values))


# --- models -------------------------------------------------------------------------------------


def judge_model(
    evidence: ModelEvidence, density: Density, rows: Rows, name: str, arguments: str
) -> Verdict:
    """Judge a model by its joint density at random points.

    Parameters
    ----------
    evidence : ModelEvidence
    density : Density
        The closed form that the model must agree with, up to a constant.
    rows : Rows
        The data it was built on.
    name, arguments : str
        Of the builder, for the messages.

    Returns
    -------
    Verdict
    """
    if evidence.problem:
        return _unmeasured(evidence, name, arguments)
    n_groups = rows.n_groups
    verdict = _shapes(evidence, density, n_groups)
    if verdict is not None:
        return verdict
    expected = density.size(n_groups)
    if evidence.n_free != expected:
        return _dimensions(evidence, density, rows, expected)
    theta = {
        k: evidence.theta[k].reshape((-1, n_groups) if each else (-1,))
        for k, each in density.parameters.items()
    }
    if not np.isfinite(evidence.log_density).all():
        return _degenerate(theta)
    reference = density(theta, rows)
    size = max(float(np.abs(reference).max()), float(np.abs(evidence.log_density).max()), 1.0)
    rest = evidence.log_density - reference
    if _constant(rest, size):
        return right("Your model's joint density is the one asked, exactly.")
    return _mistaken(evidence, density, theta, rows, rest, size)


def _constant(values: Array, size: float) -> bool:
    """A constant more or less changes no posterior."""
    return bool(np.abs(values - np.median(values)).max() <= _AGREEMENT * size)


def _unmeasured(evidence: ModelEvidence, name: str, arguments: str) -> Verdict:
    code, detail = evidence.problem, evidence.detail
    if code == "raised" and "`shape`" in detail and "tuple" in detail:
        code = "shape-type"
    elif code == "raised" and any(
        word in detail for word in ("broadcast", "Incompatible", "shape", "dimension")
    ):
        code = "broadcast"
    if code in ("missing-mu_slope", "missing-sigma_slope"):
        if evidence.shapes.get("slope") == ():
            code = "one-slope"
        elif not set(evidence.kinds) & {"mu_slope", "sigma_slope"}:
            code = "no-hyperpriors"
    return wrong(code, detail=detail, name=name, arguments=arguments)


def _shapes(evidence: ModelEvidence, density: Density, n_groups: int) -> Verdict | None:
    for parameter, each in density.parameters.items():
        found = int(np.prod(evidence.shapes[parameter]))
        if each and found == 1 and n_groups > 1:
            return wrong("slope-scalar", n_groups=n_groups)
        if each and found != n_groups:
            return wrong("slope-length", found=found, n_groups=n_groups)
        if not each and found != 1:
            code = "noise-per-group" if parameter == "noise" else "hyper-not-scalar"
            return wrong(code, name=parameter, found=found)
    return None


def _dimensions(evidence: ModelEvidence, density: Density, rows: Rows, expected: int) -> Verdict:
    """The number of free values alone says that it is another model; say which."""
    extra = {k: n for k, n in evidence.free.items() if k not in density.parameters}
    if evidence.n_free > expected:
        unobserved = [k for k, n in extra.items() if n == rows.y.size]
        if unobserved and not evidence.observed:
            return wrong("obs-not-observed", name=unobserved[0])
        names = ", ".join(f"`{k}` ({n})" for k, n in extra.items())
        return wrong("one-too-many", extra=names or f"{evidence.n_free}, not {expected}")
    slopes = evidence.theta["slope"].reshape(len(evidence.theta["slope"]), -1)
    if np.ptp(slopes, axis=1).max() == 0.0:
        return wrong("slopes-identical")
    if evidence.kinds["slope"] == "Deterministic" and list(extra.values()) == [1]:
        return wrong("offset-shared")
    return wrong("too-few", found=evidence.n_free, expected=expected)


def _degenerate(theta: Mapping[str, Array]) -> Verdict:
    if np.ptp(theta["slope"], axis=1).max() == 0.0:
        return wrong("slopes-identical")
    return wrong("not-finite")


def _mistaken(
    evidence: ModelEvidence,
    density: Density,
    theta: Mapping[str, Array],
    rows: Rows,
    rest: Array,
    size: float,
) -> Verdict:
    """Find which terms were exchanged for which mistakes; one first, then two at once."""
    changes: list[tuple[str, str, Array]] = []
    for term, mistakes in density.mistakes.items():
        reference = density.terms[term](theta, rows)
        for code, mistake in mistakes.items():
            changes.append((term, code, _difference(mistake, reference, theta, rows)))
    candidates = [(c,) for c in changes] + [
        (a, b) for a, b in combinations(changes, 2) if a[0] != b[0]
    ]
    for candidate in candidates:
        total = np.sum([change for _, _, change in candidate], axis=0)
        if np.isfinite(total).all() and _constant(rest - total, size + np.abs(total).max()):
            verdicts = [_named(term, code, rows) for term, code, _ in candidate]
            return Verdict(
                0.0,
                "+".join(v.code for v in verdicts),
                " ".join(v.message for v in verdicts),
                verdicts[0].page,
            )
    return _unnamed(evidence, density, rows)


def _difference(mistake: Term, reference: Array, theta: Mapping[str, Array], rows: Rows) -> Array:
    with np.errstate(all="ignore"):
        return mistake(theta, rows) - reference


_RATES = {"sigma_slope": 13.0, "noise": 10.0}

# Mistakes of the likelihood that get the same message.
_SAME = {
    "groups-rolled": "groups",
    "groups-rolled-back": "groups",
    "groups-reversed": "groups",
    "x-sorted": "rows-apart",
    "y-sorted": "rows-apart",
    "x-rolled": "rows-apart",
    "x-rolled-back": "rows-apart",
    "x-standardized": "x-changed",
    "x-standardized-ddof": "x-changed",
    "x-centered": "x-changed",
    "x-scaled": "x-changed",
    "y-centered": "y-changed",
    "y-standardized": "y-changed",
    "noise-root": "noise-changed",
    "noise-inverse": "noise-changed",
}


def _named(term: str, code: str, rows: Rows) -> Verdict:
    """The verdict on one known mistake."""
    if term in _RATES:
        values: dict[str, Any] = {"name": term, "rate": _RATES[term]}
        if code.startswith("rate-") and code != "rate-is-scale":
            values["other"] = code.removeprefix("rate-")
            code = "rate"
        for family in ("half-normal", "half-cauchy"):
            code = family if code.startswith(family) else code
        return wrong(f"scale:{code}", **values)
    if term == "mu_slope":
        _, mean, _, sd = code.split("-")
        return wrong("mu_slope:mean-2" if mean == "2" else "mu_slope:sd", mean=mean, sd=sd)
    if term == "slope":
        for family in ("sigma-unused", "offset-sd"):
            code = family if code.startswith(family) else code
        sd = code.removeprefix("sd-")
        if sd.isdigit():
            return wrong("slope:sd", sd=sd)
        return wrong(f"slope:{code}", name="slope")
    if code.startswith("student-t"):
        code = "student-t"
    return wrong(f"obs:{_SAME.get(code, code)}", smallest=smallest_group(rows))


_ASKED = {
    "mu_slope": ("normal", "Normal(0, 1)"),
    "sigma_slope": ("exponential", "Exponential(13)"),
    "noise": ("exponential", "Exponential(10)"),
}


def _unnamed(evidence: ModelEvidence, density: Density, rows: Rows) -> Verdict:
    """A mistake that is not among the known ones: say the nearest thing that is sure."""
    if {"mu_slope", "sigma_slope"} <= set(density.parameters):
        above = set(evidence.parents["slope"])
        if not above & {"mu_slope", "sigma_slope"}:
            return wrong("slope:hyperpriors-unused")
        if "sigma_slope" not in above:
            return wrong("slope:sigma-unused")
        if "mu_slope" not in above:
            return wrong("slope:mu-unused")
    if "obs" in density.terms and evidence.observed:
        observed = np.concatenate([v.ravel() for v in evidence.observed.values()])
        if observed.size == rows.x.size and np.array_equal(observed, rows.x):
            return wrong("observes-x")
        changed = _missing(rows.y, observed)
        if 0 < changed < rows.y.size / 2:
            return wrong("observed-changed", changed=changed, n=rows.y.size)
    for name, (kind, asked) in _ASKED.items():
        found = evidence.kinds.get(name, kind)
        if name in density.parameters and found not in (kind, "Deterministic"):
            return wrong("prior-kind", name=name, found=found, asked=asked)
    return wrong("other-model", terms=", ".join(density.terms))


def _missing(asked: Array, found: Array) -> int:
    """How many of the values asked are not among those found."""
    left = list(np.sort(found))
    missing = 0
    for value in np.sort(asked):
        place = int(np.searchsorted(left, value))
        if place < len(left) and left[place] == value:
            left.pop(place)
        else:
            missing += 1
    return missing


# --- traces -------------------------------------------------------------------------------------


def judge_trace(
    evidence: TraceEvidence, model: Verdict, posterior: Any, n_groups: int, name: str
) -> Verdict:
    """Judge a trace: does it come from the right model's sampler, and is the run healthy?

    Parameters
    ----------
    evidence : TraceEvidence
    model : Verdict
        Of the model that the trace is said to come from.
    posterior : pooling.exact.Posterior
        The exact posterior of the right model.
    n_groups : int
    name : str
        Of the trace, for the messages.

    Returns
    -------
    Verdict
    """
    if evidence.problem:
        return wrong(evidence.problem, detail=evidence.detail, name=name)
    slopes = evidence.draws["slope"]
    found = int(np.prod(slopes.shape[2:]))
    if found != n_groups:
        return wrong("trace-groups", found=found, n_groups=n_groups)
    if not evidence.statistics:
        return wrong("no-sampler")
    if not model.right:
        return wrong("model-wrong", reason=model.message)
    distance = distances(evidence, posterior)
    if evidence.recorded.size:
        gap = evidence.recorded - evidence.recomputed
        size = max(1.0, float(np.abs(evidence.recorded).max()))
        spread = np.abs(gap - np.median(gap)).max()
        if not spread <= _PROVENANCE * size or np.ptp(evidence.recorded) == 0.0:
            near = max(distance.values()) <= MOST_DISTANCE
            return rerun("stale") if near else wrong("not-sampled")
    return _health(evidence, distance)


def _health(evidence: TraceEvidence, distance: Mapping[str, float]) -> Verdict:
    chains, n = next(iter(evidence.draws.values())).shape[:2]
    if evidence.diverging > MOST_DIVERGENT * chains * n:
        return rerun("divergences", count=evidence.diverging, draws=chains * n)
    if chains < 2:
        return rerun("one-chain")
    worst = max(evidence.r_hat, key=lambda k: evidence.r_hat[k])
    if not evidence.r_hat[worst] <= MOST_R_HAT:
        return rerun("r-hat", name=worst, value=evidence.r_hat[worst])
    least = min(evidence.ess, key=lambda k: evidence.ess[k])
    if not evidence.ess[least] >= LEAST_ESS:
        return rerun("low-ess", name=least, value=evidence.ess[least])
    farthest = max(distance, key=lambda k: distance[k])
    if distance[farthest] > MOST_DISTANCE:
        return rerun("off-target", name=farthest)
    return right(
        f"The trace comes from your model; {chains} chains of {n} draws, worst R-hat "
        f"{evidence.r_hat[worst]:.3f}, least ESS {evidence.ess[least]:.0f}."
    )


def distances(evidence: TraceEvidence, posterior: Any) -> dict[str, float]:
    """Distance of each parameter's draws from the exact posterior, in units of chance.

    ``sup |F_exact(draws) - uniform| * sqrt(ESS)``, the Kolmogorov-Smirnov statistic with the
    effective number of draws; the largest over a vector parameter's elements.
    """
    result = {}
    for name, draws in evidence.draws.items():
        columns = draws.reshape(-1, int(np.prod(draws.shape[2:])))
        # A few hundred draws spread over the trace say as much as all of them.
        columns = columns[:: max(1, len(columns) // 1000)]
        values = columns if draws.ndim > 2 else columns[:, 0]
        u = posterior[name].cdf(values).reshape(columns.shape)
        worst = max(kolmogorov(u[:, i]) for i in range(u.shape[1]))
        result[name] = worst * np.sqrt(min(max(evidence.ess[name], 1.0), len(columns)))
    return result


def kolmogorov(u: Array) -> float:
    """Largest distance between the empirical cdf of values in [0, 1] and the uniform one."""
    u = np.sort(u)
    steps = np.arange(1, u.size + 1) / u.size
    return float(max((steps - u).max(), (u - steps + 1 / u.size).max()))
