"""Judge a trace: does it come from the right model's sampler, and is the run healthy?

No hard fail rests on Monte Carlo error. Draws are refused if the sampler's own record does not
fit them; what a random run got wrong is a RERUN, which keeps half of the points and says what to
change.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from pooling.checks.density import FIXED_SD, RATES, Density, Rows
from pooling.checks.records import TraceEvidence
from pooling.checks.verdict.base import Verdict, rerun, right, wrong
from pooling.checks.verdict.chance import allowed_distance, kolmogorov

Array = NDArray[np.float64]

# A sampler's own note of the log density agrees with the model to 1e-12.
PROVENANCE = 1e-6
# Log densities of another version of the model still follow from its draws; those of other draws do
# not: so much of the variance is foretold by the dozen terms that log densities are made of.
_GOES_WITH, _MADE_OF = 0.5, 12

# Gates of a run's health. They are looser than the customary ones (R-hat below 1.01, no
# divergence), which send back many honest runs of the centered model: its chains are slow, not
# wrong. benchmarks/honest_runs.py counts both.
MOST_DIVERGENT = 0.01
MOST_R_HAT = 1.1
LEAST_ESS = 50.0
# Of the effective sample size: a sampler that stays where it was repeats draws, but these count
# once in the effective sample size. Copies in another order count each.
_DISTINCT = 0.5
MOST_DISTANCE = 6.0  # sup |F - uniform| * sqrt(ESS); 6 has probability below 1e-30 by chance
_KNOTS = 201
# Draws of a chain. Fewer say little, however well it moves.
_ENOUGH = 500
_DRAW_MORE = "There are {} x {} draws: ask for a thousand in each chain."
_MOVE_BETTER = "Draw more, let it tune longer, or run it again with another random_seed."
# Nobody asks for a number of draws that is no multiple of this; who takes some out is left
# with one.
_ROUND = 10

# Statistics of PyMC's slice and Metropolis steps and of its sequential Monte Carlo, which note down
# no log density; beside NUTS, such a step moves a variable after NUTS has noted it down.
_NO_RECORD = {"nstep_in", "nstep_out", "scaling", "beta"}
# What was handed in is no trace at all, whatever the model is.
_NO_TRACE = ("not-a-trace", "point-estimate", "drawn-by-hand", "posterior-only", "prior-draws")
# With a right model beside it, these say more than what was seen first.
_CODES = {"trace-not-finite": "draws-deleted", "trace-missing-mu_slope": "unpooled-trace"}


@dataclass(frozen=True)
class Health:
    """What the gates look at: the worst over all parameters, and which one it is.

    Attributes
    ----------
    chains, draws : int
    diverging : int
        -1 if the sampler does not say.
    r_hat, ess, distance : (float, str)
        Largest R-hat, least bulk ESS and largest distance from the exact posterior in units of
        chance (`distances`), each with the parameter's name.
    funnel : bool
        Do the slopes hang on a sigma_slope?
    """

    chains: int
    draws: int
    diverging: int
    r_hat: tuple[float, str]
    ess: tuple[float, str]
    distance: tuple[float, str]
    funnel: bool = True

    @classmethod
    def of(cls, evidence: TraceEvidence, distance: Mapping[str, float]) -> "Health":
        chains, draws = next(iter(evidence.draws.values())).shape[:2]
        return cls(
            chains,
            draws,
            evidence.diverging,
            max((v, k) for k, v in evidence.r_hat.items()),
            min((v, k) for k, v in evidence.ess.items()),
            max((v, k) for k, v in distance.items()),
            "sigma_slope" in evidence.draws,
        )


def judge_health(health: Health) -> Verdict:
    """Judge a run of a right model: right, or to be made again with this or that changed."""
    total = health.chains * health.draws
    if health.diverging > MOST_DIVERGENT * total:
        return rerun("divergences", count=health.diverging, draws=total)
    if health.chains < 2:
        return rerun("one-chain")
    if health.draws < 4 or not health.ess[0] >= LEAST_ESS:
        few = health.draws < _ENOUGH
        advice = _DRAW_MORE.format(health.chains, health.draws) if few else _MOVE_BETTER
        if not few and health.funnel:
            advice += " Or go non-centered."
        return rerun("low-ess", name=health.ess[1], value=health.ess[0], advice=advice)
    if not health.r_hat[0] <= MOST_R_HAT:
        return rerun("r-hat", name=health.r_hat[1], value=health.r_hat[0])
    if health.distance[0] > MOST_DISTANCE:
        return rerun("off-target", name=health.distance[1])
    diverged = f", and {health.diverging} of them diverged" if health.diverging > 0 else ""
    return right(
        f"The trace comes from your model; {health.chains} chains of {health.draws} draws"
        f"{diverged}; worst R-hat {health.r_hat[0]:.3f}, least ESS {health.ess[0]:.0f}."
    )


def judge_trace(
    evidence: TraceEvidence,
    model: Verdict,
    posterior: Any,
    density: Density,
    rows: Rows,
    name: str,
    non_centered: bool = False,
) -> Verdict:
    """Judge a trace.

    Parameters
    ----------
    evidence : TraceEvidence
    model : Verdict
        Of the model that the trace is said to come from.
    posterior : pooling.exact.Posterior
        The exact posterior of the right model.
    density : Density
        The right model's.
    rows : Rows
        The data.
    name : str
        Of the trace, for the messages.
    non_centered : bool
        Must its slopes have been made of offsets?

    Returns
    -------
    Verdict
    """
    if evidence.problem in _NO_TRACE:
        return wrong(evidence.problem, detail=evidence.detail, name=name)
    if evidence.draws and not evidence.statistics:
        return _without_statistics(evidence, name)
    if not model.right:
        return wrong("model-wrong", reason=model.message)
    if evidence.problem:
        code = _CODES.get(evidence.problem, evidence.problem)
        return wrong(code, detail=evidence.detail, name=name)
    slopes = evidence.draws["slope"]
    found = int(np.prod(slopes.shape[2:]))
    if found != rows.n_groups:
        return wrong("trace-groups", found=found, n_groups=rows.n_groups)
    if evidence.gaps:
        return wrong("draws-deleted")
    if (alike := _alike(slopes)) is not None and _one_fits(evidence, density, rows):
        return rerun("chains-alike", first=alike[0], second=alike[1])
    total = slopes.shape[0] * slopes.shape[1]
    distinct = len(np.unique(slopes.reshape(total, -1)[:, 0]))
    if distinct < _DISTINCT * min(total, *evidence.ess.values()):
        return wrong("draws-repeated", name=name, draws=total, distinct=distinct)
    distance = distances(evidence, posterior)
    if not _NO_RECORD.isdisjoint(evidence.statistics):
        return judge_health(Health.of(evidence, distance))
    if not evidence.recorded.size:
        return (
            wrong("prior-draws", name=name)
            if _from_prior(evidence)
            else rerun("no-record", name=name)
        )
    if not _recorded_fits(evidence, density, rows, non_centered):
        if non_centered and _recorded_fits(evidence, density, rows, non_centered=False):
            return rerun("centered-trace")
        if _from_prior(evidence):
            return wrong("prior-draws", name=name)
        if np.ptp(evidence.recorded) == 0.0:
            return wrong("not-sampled")
        near = max(distance.values()) <= MOST_DISTANCE
        related = near or _goes_with(evidence, density, rows)
        return rerun("stale") if related else wrong("not-sampled")
    verdict = judge_health(Health.of(evidence, distance))
    if verdict.right and not evidence.origin and slopes.shape[1] % _ROUND:
        return rerun("repacked", name=name, draws=slopes.shape[1])
    # Each chain finds a step size of its own while it is tuned.
    if verdict.right and evidence.step_sizes.size > 1 and np.ptp(evidence.step_sizes) == 0.0:
        return rerun("one-step-size", chains=evidence.step_sizes.size)
    return verdict


# --- where the draws come from --------------------------------------------------------------------


def _alike(draws: Array) -> tuple[int, int] | None:
    """Two chains that hold the same draws, shape (chains, draws, ...)."""
    for first, second in combinations(range(len(draws)), 2):
        if np.array_equal(draws[first], draws[second]):
            return first, second
    return None


def _one_fits(evidence: TraceEvidence, density: Density, rows: Rows) -> bool:
    """Is one of the chains as the sampler left it, and not, say, an average of several?"""
    if not evidence.recorded.size:
        return True
    draws = evidence.draws["slope"].shape[1]
    for chain in range(len(evidence.draws["slope"])):
        own = evidence.checked // draws == chain
        alone = replace(
            evidence,
            checked=evidence.checked[own],
            recorded=evidence.recorded[own],
            recomputed=evidence.recomputed[own]
            if evidence.recomputed.size
            else evidence.recomputed,
        )
        if own.any() and _recorded_fits(alone, density, rows, non_centered=False):
            return True
    return False


def _without_statistics(evidence: TraceEvidence, name: str) -> Verdict:
    """No sampler left its record: what else are these draws?"""
    if _from_prior(evidence):
        return wrong("prior-draws", name=name)
    chains = evidence.draws["slope"].shape[0]
    return wrong("variational" if chains == 1 else "drawn-by-hand", name=name)


def _from_prior(evidence: TraceEvidence) -> bool:
    draws = {k: v.reshape(v.shape[0] * v.shape[1], -1)[:, 0] for k, v in evidence.draws.items()}
    # A sampler may have run on a model that never saw y.
    independent = min([draws["noise"].size, *evidence.ess.values()])
    allowed = allowed_distance(max(int(independent), _ENOUGH))
    noise = kolmogorov(-np.expm1(-RATES["noise"] * np.maximum(draws["noise"], 0.0)))
    location = draws.get("mu_slope", draws["slope"] / FIXED_SD)
    return noise <= allowed and kolmogorov(ndtr(location)) <= allowed


def _recorded_fits(
    evidence: TraceEvidence, density: Density, rows: Rows, non_centered: bool
) -> bool:
    """Is the log density that the sampler noted down the model's own at the draws?"""
    recorded = evidence.recorded
    if np.ptp(recorded) == 0.0:
        return False
    if evidence.recomputed.size:
        # NumPyro notes down the potential energy, which has the other sign.
        return any(_fits(sign * recorded, evidence.recomputed) for sign in (1.0, -1.0))
    return _fits_closed_form(evidence, density, rows, 1 if non_centered else 0)


def _fits(recorded: Array, recomputed: Array) -> bool:
    gap = recorded - recomputed
    size = max(1.0, float(np.abs(recorded).max()))
    return bool(np.abs(gap - np.median(gap)).max() <= PROVENANCE * size)


def _fits_closed_form(
    evidence: TraceEvidence, density: Density, rows: Rows, least_offsets: int
) -> bool:
    """Without the sampler's own variables: do the draws of the asked ones fit?

    Samplers work with log sigma_slope and log noise, and a non-centered model with an offset for
    each of k slopes; each of these adds log sigma_slope to the log density.
    """
    theta = _checked(evidence, density)
    expected = np.sum([*density.each(theta, rows).values()], axis=0) + np.log(theta["noise"])
    if "sigma_slope" not in theta:
        steps = [0.0]
        log_sigma = np.zeros_like(expected)
    else:
        steps = [1.0 + k for k in range(least_offsets, rows.n_groups + 1)]
        log_sigma = np.log(theta["sigma_slope"])
    return any(
        _fits(sign * evidence.recorded, expected + k * log_sigma)
        for k in steps
        for sign in (1.0, -1.0)
    )


def _checked(evidence: TraceEvidence, density: Density) -> dict[str, Array]:
    """The draws that the log densities belong to, shape (k,) or (k, J)."""
    chosen = evidence.checked.astype(int)
    theta = {k: v.reshape(v.shape[0] * v.shape[1], -1)[chosen] for k, v in evidence.draws.items()}
    return {k: v if density.parameters[k] else v[:, 0] for k, v in theta.items()}


def _goes_with(evidence: TraceEvidence, density: Density, rows: Rows) -> bool:
    """Do the recorded log densities follow from the draws, if by another model than this one?

    Then they are about a combination of what log densities are made of: of the terms of this one,
    and of what a prior or a likelihood with other numbers has in it.
    """
    if evidence.checked.size != evidence.recorded.size or evidence.recorded.size < 3 * _MADE_OF:
        return True  # nothing to compare with: give the benefit of the doubt
    theta = _checked(evidence, density)
    terms = [*density.each(theta, rows).values()]
    scales = [theta[name] for name in RATES if name in theta]
    with np.errstate(all="ignore"):
        terms += [f(s) for s in scales for f in (np.log, np.copy, lambda s: s**-2.0)]
        columns = np.stack([np.ones_like(terms[0]), *terms], axis=1)
    usable = np.isfinite(columns).all(axis=1) & np.isfinite(evidence.recorded)
    columns, recorded = columns[usable], evidence.recorded[usable]
    if len(recorded) < 3 * _MADE_OF:
        return False
    # Each is foretold from the others, so that a few odd draws cannot decide.
    columns = columns[:, columns.any(axis=0)]
    basis = np.linalg.svd(columns / np.abs(columns).max(axis=0), full_matrices=False)[0]
    leverage = (basis**2).sum(axis=1)
    with np.errstate(all="ignore"):
        missed = (recorded - basis @ (basis.T @ recorded)) / (1.0 - leverage)
        foretold = 1.0 - (missed**2).mean() / recorded.var()
    return bool(foretold > _GOES_WITH)


# --- how far they are from the exact posterior ----------------------------------------------------


def distances(evidence: TraceEvidence, posterior: Any) -> dict[str, float]:
    """Distance of each parameter's draws from the exact posterior, in units of chance.

    ``sup |F_exact(draws) - uniform| * sqrt(ESS)``, the Kolmogorov-Smirnov statistic with the
    effective number of draws; the largest over a vector parameter's elements.
    """
    result = {}
    for name, draws in evidence.draws.items():
        columns = draws.reshape(-1, int(np.prod(draws.shape[2:])))
        # The exact cdf at the draws' own quantiles, and a line between them: good to half a
        # percent, where the gate is at 6 / sqrt(ESS).
        knots = np.quantile(columns, np.linspace(0.0, 1.0, _KNOTS), axis=0)
        exact = posterior[name].cdf(knots if draws.ndim > 2 else knots[:, 0]).reshape(knots.shape)
        worst = max(
            kolmogorov(np.interp(columns[:, i], knots[:, i], exact[:, i]))
            for i in range(columns.shape[1])
        )
        result[name] = worst * np.sqrt(min(max(evidence.ess[name], 1.0), len(columns)))
    return result
