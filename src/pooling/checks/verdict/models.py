"""Judge a model by its joint density at random points: exactly, without sampling."""

import re
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from pooling.checks.challenge import Challenge
from pooling.checks.density import (
    ROBUST,
    ROBUST_LEARNED,
    Density,
    Rows,
)
from pooling.checks.diagnosis import Finding, diagnose
from pooling.checks.diagnosis.agreement import departure, without_refusals
from pooling.checks.diagnosis.models import own_factors
from pooling.checks.diagnosis.structure import structure
from pooling.checks.records import ModelEvidence
from pooling.checks.verdict.base import Verdict, partly, right, wrong, wrong_findings
from pooling.checks.verdict.support import unreached

Array = NDArray[np.float64]

# Rounding of a log density at a point, relative to the sum of its terms' sizes: PyMC computes the
# 1 / 13 of a rate in single precision, which is good to 6e-8. benchmarks/power.py measures how far
# from this right and wrong models stay.
AGREEMENT = 1e-7
# The share of a term's size that is left for rounding beside the other terms: a term that the model
# shows is taken off as it is; of a likelihood in a potential, ours is, which adds up otherwise.
_SHOWN, _HIDDEN = 1e-6, 1e-3
# At uncommon values: what no rounding makes of a log density, relative to its terms' sizes; and how
# small sigma_slope may be, relative to slopes, for offsets to be read off them.
_UNLIKE = 1e-3
_READABLE = 1e-6


def judge_model(
    evidence: ModelEvidence,
    density: Density,
    rows: Rows,
    challenge: Challenge,
    name: str,
    arguments: str = "(groups, x, y)",
) -> Verdict:
    """Judge a model.

    Parameters
    ----------
    evidence : ModelEvidence
    density : Density
        The closed form that the model must agree with, up to a constant.
    rows : Rows
        The data it was built on.
    challenge : Challenge
        The one that the evidence was gathered with.
    name, arguments : str
        Of the builder, for the messages.

    Returns
    -------
    Verdict
    """
    if evidence.problem:
        return unmeasured(evidence, name, arguments)
    if "obs" in density.terms and "obs" in (*evidence.idle, *evidence.free):
        return wrong("obs-not-observed", name="obs")
    if not np.array_equal(evidence.points, challenge.steps(evidence.n_free)):
        return wrong("other-challenge")
    density, usable = _learned(evidence, density), without_refusals(evidence)
    finding = structure(usable, density, rows)
    if finding is not None:
        return wrong(finding.code, **finding.values)
    theta = _theta(usable, density, rows.n_groups)
    if usable is evidence and _disagreement(evidence, density, theta, rows) <= 1.0:
        finding = unreached(evidence, density) or _farther_out(evidence, density, rows)
        if finding is not None:
            return wrong(finding.code, **finding.values)
        return right("Your model's joint density is the one asked, exactly.")
    return wrong_findings(diagnose(usable, density, theta, rows))


def judge_non_centered(verdict: Verdict, evidence: ModelEvidence) -> Verdict:
    """A right distribution earns half; the other half is for standard normal offsets."""
    if not verdict.right:
        return verdict
    # What stands in its place under another name is sigma_slope as well.
    scale = {"sigma_slope", *evidence.parents["sigma_slope"]}
    for name in evidence.free:
        if name in ("mu_slope", "sigma_slope", "noise", *scale):
            continue
        drawn_with = set(evidence.parents[name])
        for potential in evidence.potentials:
            above = set(evidence.parents[potential])
            if name in above and "noise" not in above:  # with the noise, it is the likelihood
                drawn_with |= above
        if scale & drawn_with:
            return partly("still-centered", name=name)
    return right("The same joint density, and no variable's width depends on sigma_slope.")


def _farther_out(evidence: ModelEvidence, density: Density, rows: Rows) -> Finding | None:
    """Does a model that is right at common values go wrong at uncommon ones?

    Rounding is worse there: a likelihood may be a million times as large as a prior, and an offset
    may move a slope by next to nothing. So only differences count that no rounding makes, and one
    point is not enough.
    """
    if not evidence.wide:
        return None
    there = replace(
        evidence,
        theta={name: evidence.wide[name] for name in evidence.theta},
        extras={name: evidence.wide[name] for name in evidence.extras},
        log_density=evidence.wide_density,
    )
    found = []
    with np.errstate(all="ignore"):
        for place in (evidence, there):
            theta = _theta(place, density, rows.n_groups)
            terms = [*density.each(theta, rows).values()]
            rest = place.log_density - np.sum(terms, axis=0)
            found.append((rest, 1.0 + np.abs(place.log_density) + np.sum(np.abs(terms), axis=0)))
        (near, _), (rest, sizes) = found
        usable = np.isfinite(rest)
        if "sigma_slope" in theta:
            widest = np.abs(theta["slope"]).max(axis=1)
            usable &= theta["sigma_slope"] > _READABLE * (1.0 + widest)
        differ = np.abs(rest - np.median(near)) > _UNLIKE * sizes
    return Finding("farther-out") if (differ & usable).sum() >= 2 else None


def _learned(evidence: ModelEvidence, density: Density) -> Density:
    """A robust model may learn its degrees of freedom as well."""
    extra = [v for v in evidence.extras.values() if v[0].size == 1]
    normal = {evidence.kinds[name] for name in evidence.observed} == {"normal"}  # which has none
    return ROBUST_LEARNED if density is ROBUST and len(extra) == 1 and not normal else density


def _theta(evidence: ModelEvidence, density: Density, n_groups: int) -> dict[str, Array]:
    """Parameters at the points, (m,) or (m, J); an extra one stands for the one not named."""
    found = {**evidence.extras, **evidence.theta}
    if "nu" in density.parameters and "nu" not in found:
        [name] = evidence.extras
        found["nu"] = evidence.extras[name]
    return {
        name: found[name].reshape((-1, n_groups) if each else (-1,))
        for name, each in density.parameters.items()
    }


def disagreement(evidence: ModelEvidence, density: Density, rows: Rows) -> float:
    """How far a model's log density is from the one asked, but for a constant.

    Parameters
    ----------
    evidence : ModelEvidence
    density : Density
    rows : Rows
        The data that the model was built on.

    Returns
    -------
    float
        The largest gap between two points, as a multiple of what `AGREEMENT` allows there: up to
        1 is rounding. NaN if the two cannot be compared, for want of a variable, say.
    """
    if evidence.problem or not evidence.log_density.size:
        return float("nan")
    density, usable = _learned(evidence, density), without_refusals(evidence)
    if structure(usable, density, rows) is not None:
        return float("nan")
    if usable is not evidence:
        return float("inf")
    return _disagreement(evidence, density, _theta(evidence, density, rows.n_groups), rows)


def _disagreement(
    evidence: ModelEvidence, density: Density, theta: Mapping[str, Array], rows: Rows
) -> float:
    single = np.float32
    gaps = []
    own = own_factors(evidence, density)
    # Data in single precision are rounded, not wrong.
    for x, y in (
        (rows.x, rows.y),
        (rows.x.astype(single).astype(float), rows.y),
        (rows.x, rows.y.astype(single).astype(float)),
        (rows.x.astype(single).astype(float), rows.y.astype(single).astype(float)),
    ):
        terms = density.each(theta, Rows(rows.groups, x, y))
        rest = evidence.log_density - np.sum([*terms.values()], axis=0)
        sizes = 1.0 + np.abs(evidence.log_density)
        sizes = sizes + np.sum([np.abs(t) for t in terms.values()], axis=0)
        # The size of one term, the likelihood above all, must not hide what is wrong with another.
        shown = {n: f for n, f in own.items() if _agree(f, terms[n])}
        rest_alone = evidence.log_density - np.sum([*{**terms, **shown}.values()], axis=0)
        shares = [np.abs(t) * _share(n, n in shown) for n, t in terms.items()]
        gaps.append(
            max(departure(rest, sizes), departure(rest_alone, 1.0 + np.sum(shares, axis=0)))
        )
    return min(gaps) / AGREEMENT


def _agree(found: Array, asked: Array) -> bool:
    return departure(found - asked, 1.0 + np.abs(found) + np.abs(asked)) <= AGREEMENT


def _share(name: str, shown: bool) -> float:
    """The share of a term's size that counts as rounding beside the other terms."""
    return _SHOWN if shown else _HIDDEN if name == "obs" else 1.0


def unmeasured(evidence: ModelEvidence, name: str, arguments: str) -> Verdict:
    """Say what kept a model from being measured."""
    code, detail = evidence.problem, evidence.detail
    if code in ("raised", "not-computed"):
        code = next((c for pattern, c in _STOPPED if pattern.search(detail)), code)
    return wrong(code, detail=detail, name=name, arguments=arguments)


# What a model stopped with, and the code that explains it; the first that fits.
_STOPPED = tuple(
    (re.compile(pattern), code)
    for pattern, code in (
        (r"`shape`.*tuple|tuple.*`shape`", "shape-type"),
        (r"cannot be used for observed data", "observed-random"),
        (r"Random variables detected", "not-registered"),
        (r"nu > 0|StudentT", "student-arguments"),
        (r"(unexpected keyword|multiple values for) argument '(loc|scale)'", "scipy-names"),
        (r"broadcast|Incompatible|shape|[dD]imension", "broadcast"),
    )
)
