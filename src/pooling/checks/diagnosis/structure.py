"""Is everything there that was asked, once and in the right shape, and nothing else?"""

import numpy as np

from pooling.checks.density import FIXED_SD, UNPOOLED, Density, Rows
from pooling.checks.diagnosis.arguments import (
    SAME,
    arguments_of,
    constant_of,
    noises,
    same_in_groups,
    shift_of,
)
from pooling.checks.diagnosis.finding import Finding
from pooling.checks.records import ModelEvidence


def structure(evidence: ModelEvidence, density: Density, rows: Rows) -> Finding | None:
    """Is everything there, once, and in the right shape? Then None."""
    if evidence.missing:
        return _missing(evidence, rows)
    if "obs" not in density.terms and (seen := _with_data(evidence, density)):
        return Finding("prior-has-data", {"name": seen})
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
            code = "slope-longer" if found > n_groups else "slope-length"
            code = "slope-each-row" if found == rows.y.size and evidence.observed else code
            return Finding(code, {"found": found, "n_groups": n_groups})
        if not each and found != 1:
            code = "noise-per-group" if name == "noise" else "hyper-not-scalar"
            return Finding(code, {"name": name, "found": found})
    if evidence.n_free > density.size(n_groups):
        return _too_many(evidence, density, rows)
    if evidence.n_free < density.size(n_groups):
        return _too_few(evidence, density)
    return None


def _with_data(evidence: ModelEvidence, density: Density) -> str:
    """Name of an observed variable that depends on what should be a prior."""
    asked = set(density.parameters)
    return next((n for n in evidence.observed if asked & set(evidence.parents[n])), "")


def _lacks_smallest(evidence: ModelEvidence, rows: Rows) -> bool:
    seen = sum(v.size for v in evidence.observed.values())
    return seen == int((rows.groups != rows.smallest).sum())


def _missing(evidence: ModelEvidence, rows: Rows) -> Finding:
    name = evidence.missing[0]
    present = ", ".join(f"`{n}`" for n in evidence.present) or "none at all"
    if prefixed := [n for n in evidence.present if n.endswith(f"::{name}")]:
        return Finding("names-prefixed", {"found": prefixed[0], "asked": name})
    if name == "slope":
        return Finding("missing-slope", {"detail": present})
    if evidence.shapes.get("slope") == () and rows.n_groups > 1:
        if name == "mu_slope":
            return Finding("one-slope")
        return Finding("slope-scalar", {"n_groups": rows.n_groups})
    if name == "noise":
        found = noises(evidence, rows)
        if found > 1:
            return Finding("noise-per-group", {"name": "noise", "found": found})
        return Finding("missing-noise", {"detail": present})
    prior = arguments_of(evidence, "slope")
    if {"mu_slope", "sigma_slope"} <= set(evidence.missing) and len(prior) == 2:
        fixed = [constant_of(p) for p in prior]
        if None not in fixed and fixed != [0.0, FIXED_SD]:
            mean, sd = fixed
            return Finding("plugged-in", {"mean": f"{mean:.3g}", "sd": f"{sd:.3g}"})
    if {"mu_slope", "sigma_slope"} <= set(evidence.missing):
        if len(above := _scalars_above(evidence, "slope")) == 2:
            return Finding("hyperpriors-named", {"found": " and ".join(f"`{n}`" for n in above)})
        return Finding("no-hyperpriors", {"detail": present})
    return Finding(f"missing-{name}", {"detail": present})


def _scalars_above(evidence: ModelEvidence, name: str) -> list[str]:
    """Free numbers that a variable is drawn with, or made of."""
    return [p for p in evidence.parents.get(name, []) if evidence.free.get(p) == 1]


def _too_many(evidence: ModelEvidence, density: Density, rows: Rows) -> Finding:
    if density is UNPOOLED and (learned := _scalars_above(evidence, "slope")):
        return Finding("slope:learned", {"extra": ", ".join(f"`{n}`" for n in learned)})
    extra = _extra(evidence)
    unobserved = [k for k, n in extra.items() if n == rows.y.size and "obs" in density.terms]
    if unobserved and not evidence.observed:
        return Finding("obs-not-observed", {"name": unobserved[0]})
    for name, found in extra.items():
        if found == rows.y.size and evidence.observed:
            return Finding("one-each-row", {"name": name, "found": found})
    if (own := _own_slopes(evidence, extra, rows)) is not None:
        return Finding("obs:other-slopes", {"name": own})
    kinds = {evidence.kinds.get(name) for name in evidence.observed}
    if kinds & {"studentt", "t"} and sum(extra.values()) == 1:
        return Finding("obs:student-t")
    above = evidence.parents["slope"]
    idle = [n for n in ("mu_slope", "sigma_slope") if n in density.parameters and n not in above]
    if idle and (instead := [n for n in _scalars_above(evidence, "slope") if n in extra]):
        named = (" and ".join(f"`{n}`" for n in names) for names in (idle, instead))
        return Finding("hyper-beside", dict(zip(("idle", "instead"), named, strict=True)))
    shift = shift_of(evidence, rows)
    names = ", ".join(f"`{k}`" for k in extra)
    if shift is not None and np.abs(shift).max() > SAME:
        if same_in_groups(shift, rows):
            return Finding("intercept", {"extra": names})
    elif noises(evidence, rows) > 1:
        return Finding("noise-per-group", {"name": "noise", "found": noises(evidence, rows)})
    counts = ", ".join(f"`{k}` ({n})" for k, n in extra.items())
    return Finding("one-too-many", {"extra": counts})


def _own_slopes(evidence: ModelEvidence, extra: dict[str, int], rows: Rows) -> str | None:
    """A variable of one number a group that the likelihood uses and `slope` is not made of."""
    for observed in evidence.observed:
        above = evidence.parents[observed]
        for name, found in extra.items():
            made = name in evidence.parents["slope"]
            if found == rows.n_groups and name in above and not made and "slope" not in above:
                return name
    return None


def _extra(evidence: ModelEvidence) -> dict[str, int]:
    """Free variables that are neither asked for nor what an asked one is made of."""
    made = {p for name in evidence.theta for p in evidence.parents.get(name, [])}
    return {
        k: n for k, n in evidence.free.items() if k not in evidence.theta and k not in made
    } or {k: n for k, n in evidence.free.items() if k not in evidence.theta}


def _too_few(evidence: ModelEvidence, density: Density) -> Finding:
    kinds = {evidence.kinds[name] for name in evidence.free}
    if "slope" in evidence.parents.get("mu_slope", []):
        return Finding("hyper-from-slopes")
    if "zerosumnormal" in kinds or "zerosum" in kinds:
        return Finding("zero-sum")
    fixed = {
        name: constant_of(evidence.theta[name])
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
    if {"mu_slope", "sigma_slope"} <= set(evidence.theta):
        mu, sigma = (evidence.theta[n].reshape(-1, 1) for n in ("mu_slope", "sigma_slope"))
        offsets = (slopes - mu) / sigma
        if np.ptp(offsets, axis=0).max() < SAME < np.ptp(offsets, axis=1).max():
            return Finding("offsets-fixed")
        if (at_mean := np.abs(slopes - mu).max(axis=0) < SAME).sum() == 1:
            return Finding("slope:reference", {"group": int(at_mean.argmax())})
    if np.ptp(slopes, axis=1).max() == 0.0:
        made = [p for p in evidence.parents.get("slope", []) if p in evidence.free]
        single = [
            p
            for p in made
            if p not in density.parameters
            and evidence.free[p] == 1
            and "mu_slope" not in evidence.parents[p]  # else it is a slope, and no offset
        ]
        offset = single and "mu_slope" in density.parameters
        return Finding("offset-shared" if offset else "slopes-identical")
    expected = density.size(slopes.shape[1])
    return Finding("too-few", {"found": evidence.n_free, "expected": expected})
