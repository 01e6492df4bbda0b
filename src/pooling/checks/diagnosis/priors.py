"""What is wrong with a prior that is a random variable: it shows what it was given."""

import numpy as np
from numpy.typing import NDArray

from pooling.checks.density import FIXED_SD, RATES, UNPOOLED, Density
from pooling.checks.diagnosis.agreement import ROUNDING, constant
from pooling.checks.diagnosis.arguments import SAME, arguments_of, constant_of, equal, told_both
from pooling.checks.diagnosis.distributions import written
from pooling.checks.diagnosis.finding import Finding
from pooling.checks.records import ModelEvidence

Array = NDArray[np.float64]


def scalar_prior(name: str, evidence: ModelEvidence) -> Finding | None:
    """What is wrong with the prior of a scalar that is a random variable."""
    own = name if name in evidence.kinds else next(iter(evidence.extras))  # nu, by another name
    kind = evidence.kinds[own]
    numbers = [constant_of(a) for a in arguments_of(evidence, own)]
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
        found_rate = 1 / numbers[0]
        if np.isclose(found_rate * rate, 1.0):
            return Finding("scale:rate-is-scale", values)
        return Finding("scale:keyword-ignored" if found_rate == 1.0 else "scale:rate", values)
    code = {
        "halfnormal": "scale:half-normal",
        "halfcauchy": "scale:half-cauchy",
        "halfflat": "scale:flat",
        "flat": "scale:flat",
    }.get(kind, "prior-kind")
    return Finding(code, {**values, "asked": f"Exponential({rate:g})"})


def slope_prior(density: Density, evidence: ModelEvidence) -> list[Finding]:
    """What is wrong with the slopes' prior where it is a Normal of its own."""
    mean, sd = arguments_of(evidence, "slope")
    fixed_mean, fixed_sd = constant_of(mean), constant_of(sd)
    if density is UNPOOLED:
        return _fixed_prior(mean, fixed_sd) or [scale_of(evidence, density)]
    mu, sigma = evidence.theta["mu_slope"], evidence.theta["sigma_slope"]
    if fixed_mean is not None and fixed_sd is not None:
        return [Finding("slope:hyperpriors-unused", {"found": f"{fixed_mean:g}, {fixed_sd:.4g}"})]
    if equal(mean, sigma) and (equal(sd, mu) or equal(sd, np.abs(mu))):
        return [Finding("slope:hyperpriors-swapped")]
    if (group := _apart(evidence, (mean, mu), (sd, sigma))) is not None:
        return [Finding("slope:group-apart", {"group": group, "asked": asked_slopes(density)})]
    found = []
    if not equal(mean, mu):
        unused = fixed_mean is not None or "mu_slope" not in evidence.parents["slope"]
        found.append(Finding("slope:mu-unused" if unused else "slope:mean"))
    if fixed_sd == 1.0:  # PyMC's default
        found.append(Finding("slope:sigma-ignored"))
    elif fixed_sd is not None:
        found.append(Finding("slope:sigma-unused", {"sd": f"{fixed_sd:.3g}"}))
    elif "noise" in evidence.theta and equal(sd, evidence.theta["noise"].reshape(-1)):
        found.append(Finding("slope:noise-for-sd"))
    elif not equal(sd, sigma):
        functions = {
            "slope:sigma-squared": sigma**2,
            "slope:sigma-precision": np.abs(sigma) ** -0.5,
            "slope:sigma-root": np.abs(sigma) ** 0.5,
            "slope:sigma-inverse": 1 / sigma,
        }
        code = next((c for c, values in functions.items() if equal(sd, values)), None)
        found.append(_other_sd(sd, sigma) if code is None else Finding(code))
    return found


def _apart(evidence: ModelEvidence, *given: tuple[Array, Array]) -> int | None:
    """The one group, of several, whose slope is not drawn as the others are."""
    n_groups = int(np.prod(evidence.shapes["slope"]))
    odd = np.zeros(n_groups, dtype=bool)
    for found, asked in given:
        found = np.broadcast_to(found.reshape(len(found), -1), (len(found), n_groups))
        odd |= ~np.isclose(found, asked.reshape(-1, 1), rtol=SAME, atol=0.0).all(axis=0)
    return int(odd.argmax()) if odd.sum() == 1 and n_groups > 2 else None


def _other_sd(sd: Array, sigma: Array) -> Finding:
    """An example of an sd of the slopes' prior that is not sigma_slope."""
    sd, sigma = np.broadcast_arrays(sd.reshape(len(sd), -1), sigma.reshape(-1, 1))
    point, group = np.unravel_index(np.abs(np.log(sd / sigma)).argmax(), sd.shape)
    values = told_both("sigma", sigma[point, group], "sd", sd[point, group])
    return Finding("slope:other-sd", values)


def of_squares(rest: Array, slopes: Array, sizes: Array) -> list[Finding]:
    """What is wrong with the fixed prior of slopes that are Normal(0, sd), made in any way."""
    squares = (slopes**2).sum(axis=1)
    about = squares - squares.mean()
    times = float(about @ (rest - rest.mean()) / (about @ about))
    if times >= 0.0 or not constant(rest - times * squares, sizes, ROUNDING):
        return []
    return _fixed_prior(np.zeros(1), float(np.sqrt(-0.5 / times)))


def _fixed_prior(means: Array, sd: float | None) -> list[Finding]:
    mean = constant_of(means)
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


def made_of(name: str, evidence: ModelEvidence) -> Finding | None:
    """A scalar that is no random variable, but made of others with a prior of their own."""
    if evidence.kinds.get(name) != "deterministic" or evidence.potentials:
        return None
    made = ", ".join(f"`{n}`" for n in evidence.parents[name] if n in evidence.free)
    asked = "Normal(0, 1)" if name == "mu_slope" else f"Exponential({RATES[name]:g})"
    return Finding("prior-derived", {"name": name, "made": made, "asked": asked})


def by_parents(evidence: ModelEvidence, density: Density) -> Finding | None:
    """A hyperparameter that the slopes do not depend on."""
    if evidence.potentials:  # which may connect them
        return None
    above = set(evidence.parents["slope"])
    hyper = {"mu_slope", "sigma_slope"} & set(density.parameters)
    if hyper and not above & hyper:
        return Finding("slope:hyperpriors-unused", {"found": "another"})
    if "sigma_slope" in hyper - above:
        return Finding("slope:sigma-unused", {"sd": "a constant"})
    if "mu_slope" in hyper - above:
        return Finding("slope:mu-unused")
    return None


def scale_of(evidence: ModelEvidence, density: Density) -> Finding:
    """What the slopes' spread is, if it is nothing that has a name of its own."""
    theta = evidence.theta
    if "sigma_slope" in density.parameters and {"mu_slope", "sigma_slope"} <= set(theta):
        slopes = theta["slope"].reshape(len(theta["slope"]), -1)
        mu, sigma = (theta[n].reshape(-1) for n in ("mu_slope", "sigma_slope"))
        if np.allclose(slopes.mean(axis=1), mu) and any(
            np.allclose(slopes.std(axis=1, ddof=d), sigma) for d in (0, 1)
        ):
            return Finding("slope:standardized")
        if np.allclose(slopes.mean(axis=1), mu):
            return Finding("zero-sum")
    if (found := _contrasts(evidence)) is not None:
        return Finding("slope:contrasts", {**found, "asked": asked_slopes(density)})
    if "noise" in evidence.parents["slope"]:
        return Finding("slope:depends", {"found": "`noise`", "asked": asked_slopes(density)})
    for argument in arguments_of(evidence, "slope"):
        if argument.ndim == 3 and np.count_nonzero(argument[0] - np.diag(np.diag(argument[0]))):
            return Finding("slope:correlated", {"asked": asked_slopes(density)})
    return Finding("slope:scale", {"asked": asked_slopes(density)})


def _contrasts(evidence: ModelEvidence) -> dict[str, str] | None:
    """One number, and one less than there are groups, that the slopes are made of."""
    made = {n: evidence.free[n] for n in evidence.parents["slope"] if n in evidence.free}
    made = {n: count for n, count in made.items() if n not in ("mu_slope", "sigma_slope", "noise")}
    n_groups = int(np.prod(evidence.shapes["slope"]))
    if n_groups < 3 or sorted(made.values()) != [1, n_groups - 1]:
        return None
    base, others = sorted(made, key=lambda n: made[n])
    return {"base": base, "others": others}


def asked_slopes(density: Density) -> str:
    """The slopes' prior that was asked for, as it is written."""
    return f"Normal(0, {FIXED_SD:g})" if density is UNPOOLED else "Normal(mu_slope, sigma_slope)"


def offsets(evidence: ModelEvidence, density: Density) -> Finding | None:
    """Offsets whose sd is a constant other than one, or that are not normal at all."""
    if "sigma_slope" not in density.parameters or evidence.kinds.get("slope") != "deterministic":
        return None
    n_groups = int(np.prod(evidence.shapes["slope"]))
    scale = {"sigma_slope", *evidence.parents["sigma_slope"]}
    for name, count in evidence.free.items():
        # A variable that is drawn with sigma_slope is no offset, but a slope, or its deviation.
        if count != n_groups or name in density.terms or scale & set(evidence.parents[name]):
            continue
        kind, numbers = evidence.kinds[name], [constant_of(a) for a in arguments_of(evidence, name)]
        if kind != "normal" and not evidence.potentials:
            shown = [] if None in numbers else [n for n in numbers if n is not None]
            return Finding("slope:offset-kind", {"found": written(kind, shown)})
        if kind == "normal" and numbers[0] != 0.0:
            above = ", ".join(f"`{n}`" for n in evidence.parents[name]) or "other variables"
            mean = above if numbers[0] is None else f"{numbers[0]:.3g}"
            return Finding("slope:offset-mean", {"mean": mean})
        sd = numbers[1] if kind == "normal" else None
        if sd is not None and not np.isclose(sd, 1.0):
            return Finding("slope:offset-sd", {"sd": f"{sd:.3g}"})
    return None
