"""What students write in place of a term of a density, as log densities with their codes.

A model whose log density equals the right one with one or two terms exchanged for these is not
only wrong: it is known what was written, however the model is parameterized.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pooling.checks.density import (
    FIXED_SD,
    NU,
    RATES,
    ROBUST,
    UNPOOLED,
    Density,
    Rows,
    Term,
    Theta,
    around,
    column,
    exponential,
    gaussian,
    half_cauchy,
    half_normal,
    normal,
    scalar,
    student,
)

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Mistake:
    """A wrong term, the code of its diagnosis, and what its message is filled with."""

    code: str
    term: Term
    values: Mapping[str, Any] = field(default_factory=dict)


def mistakes_of(density: Density, name: str, rows: Rows) -> list[Mistake]:
    """Known mistakes for one term of a density."""
    if name in RATES:
        return _scale(name, RATES[name])
    if name == "mu_slope":
        return _mean()
    if name == "slope":
        return _fixed_slope() if density is UNPOOLED else _learned_slope()
    if name == "obs":
        likelihood = density.terms["obs"]
        return _likelihood(likelihood, density is ROBUST, "mu_slope" in density.terms, rows)
    return []


# --- priors ---------------------------------------------------------------------------------------


def _scale(name: str, rate: float) -> list[Mistake]:
    """What stands for an Exponential(rate) prior of a scale."""
    wrong: list[tuple[str, Callable[[Array], Array], str]] = [
        ("scale:rate-is-scale", lambda s: exponential(s, 1 / rate), ""),
        ("scale:keyword-ignored", lambda s: exponential(s, 1.0), ""),
        ("scale:flat", lambda s: np.zeros_like(s), ""),
        ("scale:no-jacobian", lambda s: exponential(s, rate) - np.log(s), ""),
    ]
    wrong.append(
        ("scale:prior-of", lambda s: exponential(np.log(s), rate) - np.log(s), f"log({name})")
    )
    for p, what in ((-2, f"1 / {name}**2"), (2, f"{name}**2"), (-1, f"1 / {name}")):
        wrong.append(
            ("scale:prior-of", lambda s, p=p: exponential(s**p, rate) + (p - 1) * np.log(s), what)
        )
    for sd in (rate, 1 / rate, 1.0):
        wrong += [
            ("scale:half-normal", lambda s, sd=sd: half_normal(s, sd), f"HalfNormal({sd:.4g})"),
            ("scale:half-cauchy", lambda s, sd=sd: half_cauchy(s, sd), f"HalfCauchy({sd:.4g})"),
        ]
    for other in (0.1, 0.5, 2.0, 5.0, 10.0, 13.0, 20.0, 50.0, 100.0):
        if other not in (rate, 1 / rate):
            wrong.append(
                ("scale:rate", lambda s, r=other: exponential(s, r), f"Exponential({other:g})")
            )
    return [
        Mistake(code, scalar(name, f), {"name": name, "rate": rate, "found": found})
        for code, f, found in wrong
    ]


def _mean() -> list[Mistake]:
    found = []
    for mean in (0.0, 2.0):
        for sd in (0.001, 0.01, 0.05, 0.1, 0.2, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 13.0, 20.0, 100.0):
            if (mean, sd) != (0.0, 1.0):
                code = "mu_slope:mean-2" if mean == 2 else "mu_slope:sd"
                term = scalar("mu_slope", lambda v, m=mean, s=sd: normal(v, m, s))
                found.append(Mistake(code, term, {"found": f"Normal({mean:g}, {sd:g})"}))
    return found


def _fixed_slope() -> list[Mistake]:
    sds = {
        "slope:sd-is-variance": np.sqrt(FIXED_SD),
        "slope:sd-is-precision": FIXED_SD**-0.5,
        "slope:sd-squared": FIXED_SD**2,
        "slope:keyword-ignored": 1.0,
    }
    found = [
        Mistake(code, around(lambda t: 0.0, lambda t, sd=sd: sd), {"name": "slope"})
        for code, sd in sds.items()
    ]
    found += [
        Mistake("slope:sd", around(lambda t: 0.0, lambda t, sd=sd: sd), {"sd": f"{sd:g}"})
        for sd in (2.0, 5.0, 10.0, 100.0)
    ]
    return [
        *found,
        Mistake("slope:centered-on-two", around(lambda t: 2.0, lambda t: FIXED_SD), {"mean": "2"}),
        Mistake("slope:mean-and-sd-swapped", around(lambda t: FIXED_SD, lambda t: 1.0)),
    ]


def _mu(theta: Theta) -> Array:
    return column(theta, "mu_slope")


def _sigma(theta: Theta) -> Array:
    return column(theta, "sigma_slope")


def _one_before(theta: Theta) -> Array:
    """For each slope the one before it; mu_slope for the first."""
    return np.concatenate([_mu(theta), theta["slope"][:, :-1]], axis=1)


def _learned_slope() -> list[Mistake]:
    found = [
        Mistake("slope:sigma-squared", around(_mu, lambda t: _sigma(t) ** 2)),
        Mistake("slope:sigma-root", around(_mu, lambda t: _sigma(t) ** 0.5)),
        Mistake("slope:sigma-precision", around(_mu, lambda t: _sigma(t) ** -0.5)),
        Mistake("slope:sigma-inverse", around(_mu, lambda t: 1 / _sigma(t))),
        Mistake("slope:hyperpriors-unused", around(lambda t: 0.0, lambda t: FIXED_SD)),
        Mistake("slope:mu-unused", around(lambda t: 0.0, _sigma)),
        Mistake("slope:hyperpriors-swapped", around(_sigma, lambda t: np.abs(_mu(t)))),
        Mistake("slope:mu-twice", around(lambda t: 2 * _mu(t), _sigma)),
        Mistake(
            "slope:stretched-twice",
            around(lambda t: _mu(t) + _sigma(t) * _mu(t), lambda t: _sigma(t) ** 2),
        ),
        Mistake("slope:mu-scaled", around(lambda t: _sigma(t) * _mu(t), _sigma)),
        Mistake("slope:sigma-added", around(lambda t: _mu(t) + _sigma(t), lambda t: 1.0)),
        Mistake("slope:walk", around(_one_before, _sigma)),
    ]
    for more in (1e-6, 1e-4, 1e-3, 0.01, 0.02, 0.05, 0.1, 0.5, 1.0):
        wider = around(_mu, lambda t, more=more: _sigma(t) + more)
        found.append(Mistake("slope:sigma-floor", wider, {"more": f"{more:g}"}))
    for sd in (0.01, 0.05, 1 / 13, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 13.0, 20.0):
        values = {"sd": f"{sd:.3g}"}
        found.append(Mistake("slope:sigma-unused", around(_mu, lambda t, sd=sd: sd), values))
        if sd != 1.0:  # slope = mu + sigma * Normal(0, sd)
            wide = around(_mu, lambda t, sd=sd: sd * _sigma(t))
            found.append(Mistake("slope:offset-sd", wide, values))
    return found


# --- likelihoods ----------------------------------------------------------------------------------


def _with_rows(change: Callable[[Rows], Rows], likelihood: Term) -> Term:
    """A likelihood that was given other rows than it should have been."""
    return lambda theta, rows: likelihood(theta, change(rows))


def _with_noise(change: Callable[[Array], Array], likelihood: Term) -> Term:
    return lambda theta, rows: likelihood({**theta, "noise": change(theta["noise"])}, rows)


def _rolled(shift: int) -> Callable[[Rows], Rows]:
    return lambda r: Rows((r.groups + shift) % r.n_groups, r.x, r.y)


def _without_smallest(r: Rows) -> Rows:
    keep = r.groups != r.smallest
    return Rows(r.groups[keep], r.x[keep], r.y[keep])


def _with_slopes(change: Callable[[Theta], Array], likelihood: Term) -> Term:
    """A likelihood that takes something else for the slopes."""
    return lambda theta, rows: likelihood({**theta, "slope": change(theta)}, rows)


# Where the rows' sd is one, PyMC's default, a keyword may have been ignored.
_ONE = {
    "sd": "1",
    "hint": "If you did write it, check the spelling of the argument: PyMC ignores a keyword it "
    "does not know (sd=, say), without a word, and takes its default. Write sigma=.",
}


def _offset(theta: Theta) -> Array:
    return (theta["slope"] - _mu(theta)) / _sigma(theta)


_IN_PLACE_OF_SLOPES: list[tuple[str, Callable[[Theta], Array]]] = [
    ("obs:mean-for-all", lambda t: np.broadcast_to(_mu(t), t["slope"].shape)),
    ("obs:offset-not-scaled", lambda t: _mu(t) + _offset(t)),
    ("obs:offset-for-slope", _offset),
    ("obs:slope-is-offset", lambda t: _mu(t) + _sigma(t) * t["slope"]),
    ("obs:mu-twice", lambda t: t["slope"] + _mu(t)),
    ("obs:mu-missing", lambda t: t["slope"] - _mu(t)),
]

_ROWS: list[tuple[str, Callable[[Rows], Rows]]] = [
    ("obs:groups", _rolled(1)),
    ("obs:groups", _rolled(-1)),
    ("obs:groups", lambda r: Rows(r.n_groups - 1 - r.groups, r.x, r.y)),
    ("obs:groups", lambda r: Rows(np.sort(r.groups), r.x, r.y)),
    ("obs:groups", lambda r: Rows(np.maximum(r.groups - 1, 0), r.x, r.y)),
    ("obs:rows-apart", lambda r: Rows(r.groups, np.sort(r.x), r.y)),
    ("obs:rows-apart", lambda r: Rows(r.groups, r.x, np.sort(r.y))),
    ("obs:rows-apart", lambda r: Rows(r.groups, np.sort(r.x), np.sort(r.y))),
    ("obs:rows-apart", lambda r: Rows(r.groups, np.roll(r.x, 1), r.y)),
    ("obs:rows-apart", lambda r: Rows(r.groups, np.roll(r.x, -1), r.y)),
    ("obs:rows-apart", lambda r: Rows(r.groups, r.x[::-1], r.y)),
    ("obs:rows-apart", lambda r: Rows(r.groups, r.x, np.roll(r.y, 1))),
    ("obs:rows-apart", lambda r: Rows(r.groups, r.x, np.roll(r.y, -1))),
    ("obs:rows-apart", lambda r: Rows(r.groups, r.x, r.y[::-1])),
    ("obs:x-indexed", lambda r: Rows(r.groups, r.x[r.groups], r.y)),
    ("obs:x-changed", lambda r: Rows(r.groups, (r.x - r.x.mean()) / r.x.std(), r.y)),
    ("obs:x-changed", lambda r: Rows(r.groups, (r.x - r.x.mean()) / r.x.std(ddof=1), r.y)),
    ("obs:x-changed", lambda r: Rows(r.groups, r.x - r.x.mean(), r.y)),
    ("obs:x-changed", lambda r: Rows(r.groups, r.x / r.x.std(), r.y)),
    ("obs:x-changed", lambda r: Rows(r.groups, r.x / r.x.max(), r.y)),
    ("obs:y-changed", lambda r: Rows(r.groups, r.x, r.y - r.y.mean())),
    ("obs:y-changed", lambda r: Rows(r.groups, r.x, (r.y - r.y.mean()) / r.y.std())),
    ("obs:y-changed", lambda r: Rows(r.groups, r.x, (r.y - r.y.mean()) / r.y.std(ddof=1))),
    ("obs:xy-swapped", lambda r: Rows(r.groups, r.y, r.x)),
    ("obs:smallest-dropped", _without_smallest),
]


def _likelihood(right: Term, robust: bool, hierarchical: bool, rows: Rows) -> list[Mistake]:
    smallest = {"smallest": rows.smallest}
    found = [Mistake(code, _with_rows(change, right), smallest) for code, change in _ROWS]
    found += [
        Mistake("obs:noise-squared", _with_noise(np.square, right)),
        Mistake("obs:noise-precision", _with_noise(lambda s: s**-0.5, right)),
        Mistake("obs:noise-root", _with_noise(np.sqrt, right)),
        Mistake("obs:noise-inverse", _with_noise(lambda s: 1.0 / s, right)),
        Mistake("obs:noise-unused", _with_noise(np.ones_like, right), _ONE),
        Mistake("obs:data-twice", lambda theta, r: 2 * right(theta, r)),
        Mistake("obs:no-data", lambda theta, r: np.zeros_like(theta["noise"])),
    ]
    if robust:
        as_sd = student(NU, lambda s: s * np.sqrt((NU - 2) / NU))
        found += [
            Mistake("obs:normal-kept", gaussian),
            Mistake("obs:scale-is-sd", as_sd),
            Mistake("obs:scale-stretched", student(NU, lambda s: s * np.sqrt(NU / (NU - 2)))),
        ]
        found += [
            Mistake("obs:nu", student(nu), {"nu": f"{nu:g}"})
            for nu in (1.0, 2.0, 3.0, 5.0, 7.0, 10.0, 30.0)
        ]
    else:
        found += [Mistake("obs:student-t", student(nu)) for nu in (4.0, 1.0, 2.0, 3.0, 5.0, 10.0)]
    if hierarchical:
        found += [Mistake(c, _with_slopes(change, right)) for c, change in _IN_PLACE_OF_SLOPES]
    return found
