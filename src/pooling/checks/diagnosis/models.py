"""Find the mistakes of a model that is not the one asked.

Three ways, the surest first. What is missing or too many says it by itself (`structure`). A random
variable that carries an asked name shows its distribution and what that was given, and so the
student's own numbers (`priors`, `likelihoods`). And what is left of the log density, when all terms
that are known to be right have been taken away, is compared with known `mistakes`, one or two at
once.
"""

from collections.abc import Iterator, Mapping
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from pooling.checks.density import RATES, UNPOOLED, Density, Rows
from pooling.checks.diagnosis.agreement import HIDDEN, ROUNDING, constant
from pooling.checks.diagnosis.arguments import arguments_of, constant_of
from pooling.checks.diagnosis.distributions import CUSTOM, written
from pooling.checks.diagnosis.finding import Finding
from pooling.checks.diagnosis.likelihoods import by_mean, how_changed, observed_rows, times
from pooling.checks.diagnosis.mistakes import Mistake, mistakes_of
from pooling.checks.diagnosis.parts import other_parts, parts_of
from pooling.checks.diagnosis.priors import (
    asked_slopes,
    by_parents,
    made_of,
    of_squares,
    offsets,
    scalar_prior,
    scale_of,
    slope_prior,
)
from pooling.checks.records import ModelEvidence

Array = NDArray[np.float64]

# Rounding of a log density by so much leaves nothing to tell mistakes apart by.
_UNTOLD = 0.1


def diagnose(
    evidence: ModelEvidence,
    density: Density,
    theta: Mapping[str, Array],
    rows: Rows,
) -> list[Finding]:
    """Find the mistakes of a model of the right structure and the wrong density.

    Parameters
    ----------
    evidence : ModelEvidence
    density : Density
        What was asked.
    theta : dict
        Its parameters at the points, shape (m,) or (m, J).
    rows : Rows

    Returns
    -------
    list of Finding
        At least one.
    """
    kinds = evidence.kinds
    if kinds.get("mu_slope") == "exponential" and kinds.get("sigma_slope") == "normal":
        return [Finding("hyperpriors-exchanged")]
    refused = len(evidence.log_density) < len(evidence.points)
    asked = density.each(theta, rows)
    own = own_factors(evidence, density)
    left = {name: term for name, term in asked.items() if name not in own}
    known, findings = np.zeros_like(evidence.log_density), []
    for name, factor in own.items():
        known = known + factor
        sizes = 1.0 + np.abs(factor) + np.abs(asked[name])
        if constant(factor - asked[name], sizes, ROUNDING):
            continue
        if name == "obs":
            findings += _likelihood(evidence, density, theta, rows, factor)
        elif name == "slope":
            findings += _slope(evidence, density, theta, rows, factor)
        elif (found := scalar_prior(name, evidence)) is not None:
            findings.append(found)
    if left:
        rest = evidence.log_density - known
        findings += _left_over(evidence, density, theta, rows, rest, known, left)
    if findings:
        findings = [_in_particular(f, evidence, rows) for f in findings]
        return [Finding("slope:unscaled")] if _unscaled(findings) else _one_in_two(findings)
    if refused or not np.isfinite(evidence.log_density).all():
        return [Finding("not-finite")]
    return [Finding("other-model", {"terms": ", ".join(density.terms)})]


def _unscaled(findings: list[Finding]) -> bool:
    """Is the rate of sigma_slope's prior to be found between it and the slopes?"""
    found = {f.code: f.values for f in findings}
    if found.keys() != {"scale:keyword-ignored", "slope:offset-sd"}:
        return False
    of_sigma = found["scale:keyword-ignored"]["name"] == "sigma_slope"
    return of_sigma and found["slope:offset-sd"]["sd"] == f"{1 / RATES['sigma_slope']:.3g}"


def _one_in_two(findings: list[Finding]) -> list[Finding]:
    """Mistakes that show in two places."""
    codes = [f.code for f in findings]
    if codes == ["slope:hyperpriors-unused", "obs:slope-is-offset"]:
        return [Finding("slope:is-offset")]
    if codes == ["slope:noise-for-sd", "obs:sigma-for-noise"]:
        return [Finding("scales-exchanged")]
    return findings


def _in_particular(finding: Finding, evidence: ModelEvidence, rows: Rows) -> Finding:
    """What is known of a mistake from how the model is written, beside its density."""
    if finding.code == "obs:y-changed":
        return Finding("obs:y-changed", {"how": how_changed(evidence, rows)})
    if finding.code == "slope:sigma-root" and evidence.kinds["slope"].startswith(("mv", "multi")):
        return Finding("slope:cov-is-sd")
    if finding.code == "slope:sigma-squared" and evidence.kinds["slope"] == "deterministic":
        drawn = [n for n in evidence.parents["slope"] if "sigma_slope" in evidence.parents[n]]
        return Finding("slope:scaled-twice") if drawn else finding
    return finding


def own_factors(evidence: ModelEvidence, density: Density) -> dict[str, Array]:
    """Terms of the density that a random variable of the model shows by itself."""
    if evidence.potentials:  # they may belong to any term
        return {}
    own = {
        name: evidence.factors[name]
        for name in density.terms
        if name in evidence.free and name in evidence.factors
    }
    if "nu" in density.terms and "nu" not in own:
        [extra] = evidence.extras
        if extra in evidence.factors:
            own["nu"] = evidence.factors[extra]
    observed = [evidence.factors[name] for name in evidence.observed]
    if "obs" in density.terms and observed:
        own["obs"] = np.sum(observed, axis=0)
    return own


def _slope(
    evidence: ModelEvidence,
    density: Density,
    theta: Mapping[str, Array],
    rows: Rows,
    factor: Array,
) -> list[Finding]:
    if evidence.kinds["slope"] == "normal" and len(arguments_of(evidence, "slope")) == 2:
        return slope_prior(density, evidence)
    kind = evidence.kinds["slope"]
    # A flat prior is hardly to be told from a wide one by its density, but by its name.
    mistakes = [] if kind == "flat" else mistakes_of(density, "slope", rows)
    found = _known(mistakes, factor, theta, rows)
    if found is None and kind.startswith(CUSTOM):
        found = _by_parts(density, "slope", factor, theta, rows)
    if found is None and kind not in ("normal", "multivariatenormal", "mvnormal"):
        numbers = [constant_of(a) for a in arguments_of(evidence, "slope")]
        shown = [] if None in numbers else [n for n in numbers if n is not None]
        values = {"found": written(kind, shown), "asked": asked_slopes(density)}
        found = Finding("slope:kind", values)
    return [found or by_parents(evidence, density) or scale_of(evidence, density)]


def _likelihood(
    evidence: ModelEvidence,
    density: Density,
    theta: Mapping[str, Array],
    rows: Rows,
    factor: Array,
) -> list[Finding]:
    """What is wrong with the likelihood, by itself."""
    found = _known(mistakes_of(density, "obs", rows), factor, theta, rows)
    found = found or observed_rows(evidence, rows)
    if found is None:
        likelihood = density.terms["obs"](theta, rows)
        found = times(factor - likelihood, likelihood, np.ones_like(factor))
    if found is None and any(evidence.kinds[n].startswith(CUSTOM) for n in evidence.observed):
        found = _by_parts(density, "obs", factor, theta, rows)
    return [found or by_mean(evidence, density, rows)]


def _known(
    mistakes: list[Mistake], term: Array, theta: Mapping[str, Array], rows: Rows
) -> Finding | None:
    """The known mistake that a term is."""
    for mistake in mistakes:
        with np.errstate(all="ignore"):
            wrong = mistake.term(theta, rows)
        if constant(term - wrong, 1.0 + np.abs(term) + np.abs(wrong), ROUNDING):
            return Finding(mistake.code, mistake.values)
    return None


def _by_parts(
    density: Density, name: str, term: Array, theta: Mapping[str, Array], rows: Rows
) -> Finding | None:
    """What a term that was written out by hand has too much or too little of."""
    asked = density.terms[name](theta, rows)
    sizes = 1.0 + np.abs(term) + np.abs(asked)
    return other_parts(term - asked, sizes, parts_of(density, [name], theta, rows))


def _left_over(
    evidence: ModelEvidence,
    density: Density,
    theta: Mapping[str, Array],
    rows: Rows,
    rest: Array,
    known: Array,
    left: Mapping[str, Array],
) -> list[Finding]:
    """Which of the terms that are left were exchanged for which mistakes."""
    unlike = rest - np.sum([*left.values()], axis=0)
    priors = 1.0 + np.sum([np.abs(t) for name, t in left.items() if name != "obs"], axis=0)
    large = np.abs(evidence.log_density) + np.abs(known) + np.abs(left.get("obs", known))
    if constant(unlike, priors + HIDDEN * large, ROUNDING):
        return []
    for name in evidence.potentials:
        if constant(unlike - evidence.factors[name], priors + HIDDEN * large, ROUNDING):
            return [Finding("potential", {"name": name})]
    if (found := offsets(evidence, density)) is not None:
        return [found]
    wrong = [(name, m) for name in left for m in mistakes_of(density, name, rows)]
    with np.errstate(all="ignore"):
        changes = [m.term(theta, rows) - left[name] for name, m in wrong]
    # A likelihood's size must not hide a prior, unless its data were rounded to single precision.
    for share in (HIDDEN, 1.0) if "obs" in left else (HIDDEN,):
        if constant(unlike, priors + share * large, ROUNDING):
            break
        for candidate in _candidates([name for name, _ in wrong]):
            total = np.sum([changes[i] for i in candidate], axis=0)
            sizes = priors + share * (large + np.abs(total))
            if np.median(ROUNDING * sizes) > _UNTOLD:
                continue
            if constant(unlike - total, sizes, ROUNDING):
                return [Finding(wrong[i][1].code, wrong[i][1].values) for i in candidate]
    if "obs" in left and (found := times(unlike, left["obs"], priors)) is not None:
        return [found]
    if evidence.potentials:
        parts = parts_of(density, left, theta, rows)
        if (found := other_parts(unlike, priors + HIDDEN * large, parts)) is not None:
            return [found]
    if "slope" in left and (found := by_parents(evidence, density)) is not None:
        return [found]
    if "obs" in left and evidence.potentials and _priors_are_right(evidence, left):
        return [Finding("other-likelihood")]
    if "obs" in left and evidence.observed:
        found = observed_rows(evidence, rows)
        return [found or Finding("other-model", {"terms": ", ".join(left)})]
    scalars = [name for name in left if name in ("mu_slope", *RATES)]
    if len(scalars) == 1 and set(left) <= {*scalars, "slope"}:
        found = made_of(scalars[0], evidence)
        return [found] if found else []
    if set(left) == {"nu"}:
        return [Finding("nu-prior", {"found": "another"})]
    if set(left) != {"slope"}:
        return []
    sizes = priors + HIDDEN * large
    found = of_squares(rest, theta["slope"], sizes) if density is UNPOOLED else []
    return found or [scale_of(evidence, density)]


def _priors_are_right(evidence: ModelEvidence, left: Mapping[str, Array]) -> bool:
    """Does every prior show itself, and is the one asked?"""
    return all(
        name in evidence.free
        and name in evidence.factors
        and constant(evidence.factors[name] - term, 1.0 + 2 * np.abs(term), ROUNDING)
        for name, term in left.items()
        if name != "obs"
    )


def _candidates(terms: list[str]) -> Iterator[tuple[int, ...]]:
    """Single mistakes first, then pairs in different terms."""
    yield from ((i,) for i in range(len(terms)))
    yield from ((i, j) for i, j in combinations(range(len(terms)), 2) if terms[i] != terms[j])
