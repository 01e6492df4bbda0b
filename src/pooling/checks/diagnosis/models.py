"""Find the mistakes of a model that is not the one asked.

Three ways, the surest first. What is missing or too many says it by itself. A random variable
that carries an asked name shows its distribution and what that was given, and so the student's
own numbers. And what is left of the log density, when all terms that are known to be right have
been taken away, is compared with known mistakes, one or two at once.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pooling.checks.density import FIXED_SD, RATES, ROBUST, UNPOOLED, Density, Rows
from pooling.checks.diagnosis.distributions import written
from pooling.checks.diagnosis.messages import told_apart
from pooling.checks.diagnosis.mistakes import Mistake, mistakes_of
from pooling.checks.records import ModelEvidence

Array = NDArray[np.float64]

# Two values of a student's and of ours are the same number.
_SAME = 1e-6
# Of a single term's log density, relative to its size: PyMC rounds 1 / 13 to single precision.
_ROUNDING = 1e-7
# The share of a likelihood's size, which is large, that counts as rounding beside the priors'.
_HIDDEN = 1e-3


@dataclass(frozen=True)
class Finding:
    """A mistake that was found: the code of its diagnosis, and what its message is filled with."""

    code: str
    values: Mapping[str, Any] = field(default_factory=dict)


def without_refusals(evidence: ModelEvidence) -> ModelEvidence:
    """Leave out the points at which the model refused its own arguments."""
    usable = np.ones(len(evidence.points), dtype=bool)
    for values in (*evidence.theta.values(), *evidence.factors.values()):
        usable &= ~np.isnan(values.reshape(len(usable), -1)).any(axis=1)
    if usable.all():
        return evidence
    kept = {
        name: {k: v[usable] for k, v in getattr(evidence, name).items()}
        for name in ("theta", "extras", "factors", "arguments")
    }
    density = evidence.log_density
    return replace(evidence, **kept, log_density=density[usable] if density.size else density)


def departure(values: Array, sizes: Array) -> float:
    """How far these are from being the same at all points, in units of their sizes.

    A constant changes no posterior. Rounding is in proportion to the terms that were added up, so
    each point has a size of its own, and the one with the least rounding is what the others are
    compared with.
    """
    if not np.isfinite(values).all():
        return float("inf")
    base = int(sizes.argmin())
    gaps, total = np.abs(values - values[base]), sizes + sizes[base]
    # Terms that are zero throughout have no rounding: equal ones are equal all the same.
    return float(np.divide(gaps, total, out=np.where(gaps, np.inf, 0.0), where=total > 0).max())


def constant(values: Array, sizes: Array, agreement: float) -> bool:
    """Are these the same at all points, up to rounding?"""
    return departure(values, sizes) <= agreement


# --- what is missing or too many -----------------------------------------------------------------


def structure(evidence: ModelEvidence, density: Density, rows: Rows) -> Finding | None:
    """Is everything there, once, and in the right shape? Then None."""
    if evidence.missing:
        return _missing(evidence, rows)
    n_groups = rows.n_groups
    for name, each in density.parameters.items():
        if name == "nu":
            continue
        found = int(np.prod(evidence.shapes[name]))
        if each and found == 1 and n_groups > 1:
            return Finding("slope-scalar", {"n_groups": n_groups})
        if each and found != n_groups:
            if found == n_groups - 1 and _lacks_smallest(evidence, rows):
                return Finding("obs:smallest-dropped", {"smallest": rows.smallest})
            return Finding("slope-length", {"found": found, "n_groups": n_groups})
        if not each and found != 1:
            code = "noise-per-group" if name == "noise" else "hyper-not-scalar"
            return Finding(code, {"name": name, "found": found})
    if evidence.n_free > density.size(n_groups):
        return _too_many(evidence, rows)
    if evidence.n_free < density.size(n_groups):
        return _too_few(evidence, density)
    return None


def _lacks_smallest(evidence: ModelEvidence, rows: Rows) -> bool:
    seen = sum(v.size for v in evidence.observed.values())
    return seen == int((rows.groups != rows.smallest).sum())


def _missing(evidence: ModelEvidence, rows: Rows) -> Finding:
    name = evidence.missing[0]
    present = ", ".join(f"`{n}`" for n in evidence.present) or "none at all"
    if name == "slope":
        return Finding("missing-slope", {"detail": present})
    if evidence.shapes.get("slope") == () and rows.n_groups > 1:
        if name == "mu_slope":
            return Finding("one-slope")
        return Finding("slope-scalar", {"n_groups": rows.n_groups})
    if name == "noise":
        found = _noises(evidence, rows)
        if found > 1:
            return Finding("noise-per-group", {"name": "noise", "found": found})
        return Finding("missing-noise", {"detail": present})
    prior = _given(evidence, "slope")
    if {"mu_slope", "sigma_slope"} <= set(evidence.missing) and len(prior) == 2:
        fixed = [_constant_of(p) for p in prior]
        if None not in fixed and fixed != [0.0, FIXED_SD]:
            mean, sd = fixed
            return Finding("plugged-in", {"mean": f"{mean:.3g}", "sd": f"{sd:.3g}"})
    if {"mu_slope", "sigma_slope"} <= set(evidence.missing):
        return Finding("no-hyperpriors", {"detail": present})
    return Finding(f"missing-{name}", {"detail": present})


def _noises(evidence: ModelEvidence, rows: Rows) -> int:
    """How many different sds the rows have, at most one for each group."""
    for name in evidence.observed:
        given = _given(evidence, name)
        if len(given) >= 2 and given[-1].shape[1:] == (rows.y.size,):
            found = len(np.unique(given[-1][0]))
            # More of them than groups are something else: one for each row, say.
            return found if found <= rows.n_groups else 1
    return 1


def _too_many(evidence: ModelEvidence, rows: Rows) -> Finding:
    extra = _extra(evidence)
    unobserved = [k for k, n in extra.items() if n == rows.y.size]
    if unobserved and not evidence.observed:
        return Finding("obs-not-observed", {"name": unobserved[0]})
    kinds = {evidence.kinds.get(name) for name in evidence.observed}
    if kinds & {"studentt", "t"} and sum(extra.values()) == 1:
        return Finding("obs:student-t")
    shift = _shift(evidence, rows)
    names = ", ".join(f"`{k}`" for k in extra)
    if shift is not None and np.abs(shift).max() > _SAME:
        if _same_in_groups(shift, rows):
            return Finding("intercept", {"extra": names})
    elif _noises(evidence, rows) > 1:
        return Finding("noise-per-group", {"name": "noise", "found": _noises(evidence, rows)})
    counts = ", ".join(f"`{k}` ({n})" for k, n in extra.items())
    return Finding("one-too-many", {"extra": counts})


def _extra(evidence: ModelEvidence) -> dict[str, int]:
    """Free variables that are neither asked for nor what an asked one is made of."""
    made = {p for name in evidence.theta for p in evidence.parents.get(name, [])}
    return {
        k: n for k, n in evidence.free.items() if k not in evidence.theta and k not in made
    } or {k: n for k, n in evidence.free.items() if k not in evidence.theta}


def _shift(evidence: ModelEvidence, rows: Rows) -> Array | None:
    """How far each row's mean is from slope * x, shape (m, n), if the model shows means."""
    for name in evidence.observed:
        given = _given(evidence, name)
        mean = given[-2] if len(given) >= 2 else np.empty(0)
        slope = evidence.theta.get("slope", np.empty(0))
        if mean.shape[1:] == (rows.y.size,) and slope.size:
            slope = slope.reshape(len(slope), -1)
            if slope.shape[1] == rows.n_groups:
                return mean - slope[:, rows.groups] * rows.x
    return None


def _same_in_groups(shift: Array, rows: Rows) -> bool:
    return all(
        np.ptp(shift[:, rows.groups == g], axis=1).max() < _SAME for g in np.unique(rows.groups)
    )


def _too_few(evidence: ModelEvidence, density: Density) -> Finding:
    kinds = {evidence.kinds[name] for name in evidence.free}
    if "zerosumnormal" in kinds or "zerosum" in kinds:
        return Finding("zero-sum")
    fixed = {
        name: _constant_of(evidence.theta[name])
        for name, each in density.parameters.items()
        if not each
    }
    fixed = {name: value for name, value in fixed.items() if value is not None}
    if {"mu_slope", "sigma_slope"} <= set(fixed):
        values = {"mean": f"{fixed['mu_slope']:.3g}", "sd": f"{fixed['sigma_slope']:.3g}"}
        return Finding("plugged-in", values)
    for name, code in (("sigma_slope", "sigma-fixed"), ("mu_slope", "constant")):
        if name in fixed:
            return Finding(code, {"name": name, "value": f"{fixed[name]:.3g}"})
    if "noise" in fixed:
        return Finding("constant", {"name": "noise", "value": f"{fixed['noise']:.3g}"})
    slopes = evidence.theta["slope"].reshape(len(evidence.theta["slope"]), -1)
    if np.ptp(slopes, axis=1).max() == 0.0:
        made = [p for p in evidence.parents.get("slope", []) if p in evidence.free]
        single = [p for p in made if p not in density.parameters and evidence.free[p] == 1]
        return Finding("offset-shared" if single else "slopes-identical")
    expected = density.size(slopes.shape[1])
    return Finding("too-few", {"found": evidence.n_free, "expected": expected})


# --- what the random variables were given --------------------------------------------------------


def _given(evidence: ModelEvidence, name: str) -> list[Array]:
    """Arguments of a distribution at the points, in PyMC's own order."""
    found = []
    while f"{name}.{len(found)}" in evidence.arguments:
        found.append(evidence.arguments[f"{name}.{len(found)}"])
    return found


def _constant_of(values: Array) -> float | None:
    """The one number that all of these are; None if they differ."""
    values = np.asarray(values, dtype=float).ravel()
    if not values.size or not np.isfinite(values).all() or np.ptp(values) > 1e-12:
        return None
    return float(values[0])


def _equal(a: Array, b: Array) -> bool:
    """Equal at all points; one value a point against one a group is fine."""
    a, b = (v[:, None] if v.ndim == 1 else v.reshape(len(v), -1) for v in (a, b))
    return bool(np.allclose(a, b, rtol=_SAME, atol=0.0))


def _prior(name: str, evidence: ModelEvidence) -> Finding | None:
    """What is wrong with the prior of a scalar that is a random variable."""
    kind = evidence.kinds[name]
    numbers = [_constant_of(a) for a in _given(evidence, name)]
    if None in numbers:
        found = f"{written(kind, [])} of other variables"
    else:
        found = written(kind, [n for n in numbers if n is not None])
    if name == "nu":
        return Finding("nu-prior", {"found": found})
    if name == "mu_slope":
        if kind == "normal" and None not in numbers:
            near = abs((numbers[0] or 0.0) - 2.0) <= 1.0
            return Finding("mu_slope:mean-2" if near else "mu_slope:sd", {"found": found})
        return Finding("prior-kind", {"name": name, "found": found, "asked": "Normal(0, 1)"})
    rate = RATES[name]
    values = {"name": name, "rate": rate, "found": found}
    if kind == "exponential" and numbers[0] is not None:
        own = 1 / numbers[0]
        if np.isclose(own * rate, 1.0):
            return Finding("scale:rate-is-scale", values)
        return Finding("scale:keyword-ignored" if own == 1.0 else "scale:rate", values)
    code = {
        "halfnormal": "scale:half-normal",
        "halfcauchy": "scale:half-cauchy",
        "halfflat": "scale:flat",
        "flat": "scale:flat",
    }.get(kind, "prior-kind")
    return Finding(code, {**values, "asked": f"Exponential({rate:g})"})


def _slope_prior(density: Density, evidence: ModelEvidence) -> list[Finding]:
    """What is wrong with the slopes' prior where it is a Normal of its own."""
    mean, sd = _given(evidence, "slope")
    fixed_mean, fixed_sd = _constant_of(mean), _constant_of(sd)
    if density is UNPOOLED:
        return _fixed_prior(mean, fixed_sd)
    mu, sigma = evidence.theta["mu_slope"], evidence.theta["sigma_slope"]
    if fixed_mean is not None and fixed_sd is not None:
        return [Finding("slope:hyperpriors-unused", {"found": f"{fixed_mean:g}, {fixed_sd:.4g}"})]
    if _equal(mean, sigma) and (_equal(sd, mu) or _equal(sd, np.abs(mu))):
        return [Finding("slope:hyperpriors-swapped")]
    found = []
    if not _equal(mean, mu):
        unused = fixed_mean is not None or "mu_slope" not in evidence.parents["slope"]
        found.append(Finding("slope:mu-unused" if unused else "slope:mean"))
    if fixed_sd is not None:
        found.append(Finding("slope:sigma-unused", {"sd": f"{fixed_sd:.3g}"}))
    elif not _equal(sd, sigma):
        functions = {
            "slope:sigma-squared": sigma**2,
            "slope:sigma-precision": np.abs(sigma) ** -0.5,
            "slope:sigma-root": np.abs(sigma) ** 0.5,
            "slope:sigma-inverse": 1 / sigma,
        }
        code = next((c for c, values in functions.items() if _equal(sd, values)), None)
        found.append(_other_sd(sd, sigma) if code is None else Finding(code))
    return found


def _other_sd(sd: Array, sigma: Array) -> Finding:
    """An example of an sd of the slopes' prior that is not sigma_slope."""
    sd, sigma = np.broadcast_arrays(sd.reshape(len(sd), -1), sigma.reshape(-1, 1))
    point, group = np.unravel_index(np.abs(np.log(sd / sigma)).argmax(), sd.shape)
    values = _both("sigma", sigma[point, group], "sd", sd[point, group])
    return Finding("slope:other-sd", values)


def _both(name: str, value: float, other_name: str, other: float) -> dict[str, str]:
    return {name: told_apart(value, other), other_name: told_apart(other, value)}


def _fixed_prior(means: Array, sd: float | None) -> list[Finding]:
    mean = _constant_of(means)
    if mean is None and means.size and np.ptp(means, axis=0).max() == 0.0:
        return [Finding("slope:centered-on-two", {"mean": "a number for each group"})]
    if mean is None or sd is None:
        return []
    if np.isclose(mean, FIXED_SD) and sd == 1.0:
        return [Finding("slope:mean-and-sd-swapped")]
    found = [] if mean == 0.0 else [Finding("slope:centered-on-two", {"mean": f"{mean:g}"})]
    if not np.isclose(sd, FIXED_SD):
        codes = {
            "slope:sd-is-variance": FIXED_SD**0.5,
            "slope:sd-is-precision": FIXED_SD**-0.5,
            "slope:sd-squared": FIXED_SD**2,
            "slope:keyword-ignored": 1.0,
        }
        code = next((c for c, v in codes.items() if np.isclose(sd, v)), "slope:sd")
        found.append(Finding(code, {"name": "slope", "sd": f"{sd:.4g}"}))
    return found


# --- what is left of the log density -------------------------------------------------------------


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
    own = _own_factors(evidence, density)
    left = {name: term for name, term in asked.items() if name not in own}
    known, findings = np.zeros_like(evidence.log_density), []
    for name, factor in own.items():
        known = known + factor
        sizes = 1.0 + np.abs(factor) + np.abs(asked[name])
        if constant(factor - asked[name], sizes, _ROUNDING):
            continue
        if name == "obs":
            findings += _likelihood(evidence, density, theta, rows, factor)
        elif name == "slope":
            findings += _slope(evidence, density, theta, rows, factor)
        elif (found := _prior(name, evidence)) is not None:
            findings.append(found)
    if left:
        rest = evidence.log_density - known
        findings += _left_over(evidence, density, theta, rows, rest, known, left)
    if findings:
        return findings
    if refused or not np.isfinite(evidence.log_density).all():
        return [Finding("not-finite")]
    return [Finding("other-model", {"terms": ", ".join(density.terms)})]


def _own_factors(evidence: ModelEvidence, density: Density) -> dict[str, Array]:
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


def _known(
    mistakes: list[Mistake], term: Array, theta: Mapping[str, Array], rows: Rows
) -> Finding | None:
    """The known mistake that a term is."""
    for mistake in mistakes:
        with np.errstate(all="ignore"):
            wrong = mistake.term(theta, rows)
        if constant(term - wrong, 1.0 + np.abs(term) + np.abs(wrong), _ROUNDING):
            return Finding(mistake.code, mistake.values)
    return None


def _slope(
    evidence: ModelEvidence,
    density: Density,
    theta: Mapping[str, Array],
    rows: Rows,
    factor: Array,
) -> list[Finding]:
    if evidence.kinds["slope"] == "normal" and len(_given(evidence, "slope")) == 2:
        return _slope_prior(density, evidence)
    found = _known(mistakes_of(density, "slope", rows), factor, theta, rows)
    kind = evidence.kinds["slope"]
    if found is None and kind not in ("normal", "multivariatenormal", "mvnormal"):
        asked = "Normal(0, 20)" if density is UNPOOLED else "Normal(mu_slope, sigma_slope)"
        numbers = [_constant_of(a) for a in _given(evidence, "slope")]
        shown = [] if None in numbers else [n for n in numbers if n is not None]
        found = Finding("slope:kind", {"found": written(kind, shown), "asked": asked})
    return [found or _by_parents(evidence, density) or Finding("slope:scale")]


def _by_parents(evidence: ModelEvidence, density: Density) -> Finding | None:
    """A hyperparameter that the slopes do not depend on."""
    above = set(evidence.parents["slope"])
    hyper = {"mu_slope", "sigma_slope"} & set(density.parameters)
    if hyper and not above & hyper:
        return Finding("slope:hyperpriors-unused", {"found": "another"})
    if "sigma_slope" in hyper - above:
        return Finding("slope:sigma-unused", {"sd": "a constant"})
    if "mu_slope" in hyper - above:
        return Finding("slope:mu-unused")
    return None


def _likelihood(
    evidence: ModelEvidence,
    density: Density,
    theta: Mapping[str, Array],
    rows: Rows,
    factor: Array,
) -> list[Finding]:
    """What is wrong with the likelihood, by itself."""
    found = _known(mistakes_of(density, "obs", rows), factor, theta, rows)
    found = found or _observed(evidence, rows)
    if found is None:
        likelihood = density.terms["obs"](theta, rows)
        found = _times(factor - likelihood, likelihood, np.ones_like(factor))
    return [found or _by_mean(evidence, density, rows)]


def _observed(evidence: ModelEvidence, rows: Rows) -> Finding | None:
    observed = np.concatenate([v.ravel() for v in evidence.observed.values()])
    if observed.size == rows.x.size and np.array_equal(observed, rows.x):
        return Finding("observes-x")
    changed = _absent(rows.y, observed)
    if changed == 0:
        if observed.size > rows.y.size:
            return Finding("obs:data-twice")
        return None
    gone = int((rows.groups == rows.smallest).sum())
    others = rows.y[rows.groups != rows.smallest]
    if changed == gone and observed.size == others.size and _absent(others, observed) == 0:
        return Finding("obs:smallest-dropped", {"smallest": rows.smallest})
    if changed < rows.y.size / 2:
        return Finding("observed-changed", {"changed": changed, "n": rows.y.size})
    return Finding("obs:y-changed")


def _absent(asked: Array, found: Array) -> int:
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


def _by_mean(evidence: ModelEvidence, density: Density, rows: Rows) -> Finding:
    """The surest thing to be said of an unknown likelihood."""
    for name in evidence.observed:
        kind = evidence.kinds[name]
        asked = "StudentT" if "nu" in density.terms or density is ROBUST else "Normal"
        if kind not in (asked.lower(), "t" if asked == "StudentT" else "normal"):
            if kind in ("studentt", "t"):
                return Finding("obs:student-t")
            return Finding("obs:kind", {"found": written(kind, []), "asked": asked})
    if "nu" in density.terms and (found := _other_nu(evidence)) is not None:
        return found
    shift = _shift(evidence, rows)
    if shift is None:
        return Finding("other-likelihood")
    if np.abs(shift).max() <= _SAME:
        return _other_noise(evidence, rows)
    if _same_in_groups(shift, rows):
        return Finding("intercept", {"extra": f"{shift[0, 0]:.3g}"})
    row = int(np.abs(shift[0]).argmax())
    mean = evidence.theta["slope"].reshape(len(shift), -1)[0, rows.groups[row]] * rows.x[row]
    values = {"row": row, "found": f"{mean + shift[0, row]:.3g}", "asked": f"{mean:.3g}"}
    return Finding("obs:mean", values)


def _other_noise(evidence: ModelEvidence, rows: Rows) -> Finding:
    """An example of a row's sd that is not `noise`."""
    noise = evidence.theta["noise"].reshape(-1, 1)
    for name in evidence.observed:
        sd = _given(evidence, name)[-1]
        if sd.shape[1:] not in ((), (1,), (rows.y.size,)):
            continue
        sd, noise = np.broadcast_arrays(sd.reshape(len(sd), -1), noise)
        with np.errstate(all="ignore"):
            apart = np.nan_to_num(np.abs(np.log(sd / noise)))
        point, row = np.unravel_index(apart.argmax(), sd.shape)
        if apart[point, row] > _SAME:
            values = _both("noise", noise[point, row], "sd", sd[point, row])
            return Finding("obs:noise-changed", {**values, "row": int(row)})
    return Finding("other-likelihood")


def _other_nu(evidence: ModelEvidence) -> Finding | None:
    """Degrees of freedom that are not the one extra variable but made of it."""
    [(name, learned)] = evidence.extras.items()
    for observed in evidence.observed:
        given = _given(evidence, observed)
        if len(given) == 3 and not _equal(given[0], learned.reshape(len(learned), -1)):
            return Finding("nu-prior", {"found": f"that of a function of `{name}`"})
    return None


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
    if constant(unlike, priors + _HIDDEN * large, _ROUNDING):
        return []
    for name in evidence.potentials:
        if constant(unlike - evidence.factors[name], priors + _HIDDEN * large, _ROUNDING):
            return [Finding("potential", {"name": name})]
    if (found := _offsets(evidence, density)) is not None:
        return [found]
    wrong = [(name, m) for name in left for m in mistakes_of(density, name, rows)]
    with np.errstate(all="ignore"):
        changes = [m.term(theta, rows) - left[name] for name, m in wrong]
    # A likelihood's size must not hide a prior, unless its data were rounded to single precision.
    for share in (_HIDDEN, 1.0):
        if constant(unlike, priors + share * large, _ROUNDING):
            break
        for candidate in _candidates([name for name, _ in wrong]):
            total = np.sum([changes[i] for i in candidate], axis=0)
            sizes = priors + share * (large + np.abs(total))
            if constant(unlike - total, sizes, _ROUNDING):
                return [Finding(wrong[i][1].code, wrong[i][1].values) for i in candidate]
    if "slope" in left and (found := _by_parents(evidence, density)) is not None:
        return [found]
    if "obs" in left and (found := _times(unlike, left["obs"], priors)) is not None:
        return [found]
    if "obs" in left and evidence.potentials and _priors_are_right(evidence, left):
        return [Finding("other-likelihood")]
    if "obs" in left and evidence.observed:
        found = _observed(evidence, rows)
        return [found or Finding("other-model", {"terms": ", ".join(left)})]
    if set(left) == {"nu"}:
        return [Finding("nu-prior", {"found": "another"})]
    return [Finding("slope:scale")] if set(left) == {"slope"} else []


def _times(unlike: Array, likelihood: Array, priors: Array) -> Finding | None:
    """A likelihood that enters more or less than once: ``unlike`` is what that adds."""
    centered = likelihood - likelihood.mean()
    more = float(centered @ (unlike - unlike.mean()) / (centered @ centered))
    rest = unlike - more * likelihood
    if constant(rest, priors + _HIDDEN * np.abs(likelihood), _ROUNDING):
        return Finding("obs:times", {"times": f"{1 + more:.3g}"})
    return None


def _priors_are_right(evidence: ModelEvidence, left: Mapping[str, Array]) -> bool:
    """Does every prior show itself, and is the one asked?"""
    return all(
        name in evidence.free
        and name in evidence.factors
        and constant(evidence.factors[name] - term, 1.0 + 2 * np.abs(term), _ROUNDING)
        for name, term in left.items()
        if name != "obs"
    )


def _candidates(terms: list[str]) -> Iterator[tuple[int, ...]]:
    """Single mistakes first, then pairs in different terms."""
    yield from ((i,) for i in range(len(terms)))
    yield from ((i, j) for i, j in combinations(range(len(terms)), 2) if terms[i] != terms[j])


def _offsets(evidence: ModelEvidence, density: Density) -> Finding | None:
    """Offsets whose sd is a constant other than one, or that are not normal at all."""
    if "sigma_slope" not in density.parameters or evidence.kinds.get("slope") != "deterministic":
        return None
    n_groups = int(np.prod(evidence.shapes["slope"]))
    scale = {"sigma_slope", *evidence.parents["sigma_slope"]}
    for name, count in evidence.free.items():
        # A variable that is drawn with sigma_slope is no offset, but a slope, or its deviation.
        if count != n_groups or name in density.terms or scale & set(evidence.parents[name]):
            continue
        kind, numbers = evidence.kinds[name], [_constant_of(a) for a in _given(evidence, name)]
        if kind != "normal" and not evidence.potentials:
            shown = [] if None in numbers else [n for n in numbers if n is not None]
            return Finding("slope:offset-kind", {"found": written(kind, shown)})
        if kind == "normal" and numbers[0] != 0.0:
            mean = "other variables" if numbers[0] is None else f"{numbers[0]:.3g}"
            return Finding("slope:offset-mean", {"mean": mean})
        sd = numbers[1] if kind == "normal" else None
        if sd is not None and not np.isclose(sd, 1.0):
            return Finding("slope:offset-sd", {"sd": f"{sd:.3g}"})
    return None
