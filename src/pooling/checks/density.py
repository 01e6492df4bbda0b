"""Joint log densities in closed form, term by term: what a right model must agree with.

A density is a sum of terms, one for each prior and one for the likelihood. Beside each term
stand its `mistakes`: what students write instead, each with the code of its diagnosis. A model
whose log density equals the sum with one or two terms exchanged is not only wrong: it is known
what was written.

Parameters come as a mapping from names to arrays of shape (m,) or (m, J), for m points at once.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

Array = NDArray[np.float64]
Theta = Mapping[str, Array]


@dataclass(frozen=True)
class Rows:
    """The data a model was built on; for a prior, only the number of groups counts."""

    groups: NDArray[np.int64]
    x: Array
    y: Array

    @property
    def n_groups(self) -> int:
        return int(self.groups.max()) + 1


Term = Callable[[Theta, Rows], Array]


@dataclass(frozen=True)
class Density:
    """A joint log density.

    Attributes
    ----------
    parameters : dict
        Name of each parameter, and whether there is one for each group.
    terms : dict
        Log density of each term by name; the sum is the joint log density.
    mistakes : dict
        For each term, log densities that stand in its place in wrong answers, by code.
    """

    parameters: dict[str, bool]
    terms: dict[str, Term]
    mistakes: dict[str, dict[str, Term]] = field(default_factory=dict)

    def __call__(self, theta: Theta, rows: Rows) -> Array:
        """Joint log density, shape (m,)."""
        return np.sum([term(theta, rows) for term in self.terms.values()], axis=0)

    def size(self, n_groups: int) -> int:
        """Number of scalar parameters."""
        return sum(n_groups if each else 1 for each in self.parameters.values())


# --- one-dimensional log densities --------------------------------------------------------------


def normal(value: Array, mean: Array | float, sd: Array | float) -> Array:
    return -0.5 * ((value - mean) / sd) ** 2 - np.log(sd) - 0.5 * np.log(2 * np.pi)


def exponential(value: Array, rate: float) -> Array:
    return np.log(rate) - rate * value


def half_normal(value: Array, sd: float) -> Array:
    return normal(value, 0.0, sd) + np.log(2.0)


def half_cauchy(value: Array, scale: float) -> Array:
    return np.log(2 / (np.pi * scale)) - np.log1p((value / scale) ** 2)


def student_t(value: Array, nu: float, mean: Array, scale: Array) -> Array:
    z = (value - mean) / scale
    constant = gammaln((nu + 1) / 2) - gammaln(nu / 2) - 0.5 * np.log(nu * np.pi)
    return constant - np.log(scale) - 0.5 * (nu + 1) * np.log1p(z**2 / nu)


# --- terms --------------------------------------------------------------------------------------


def _scalar(name: str, log_density: Callable[[Array], Array]) -> Term:
    return lambda theta, rows: log_density(theta[name])


def _slopes(log_density: Callable[[Array, Theta], Array]) -> Term:
    """Slopes that are independent given everything else."""
    return lambda theta, rows: log_density(theta["slope"], theta).sum(axis=-1)


def _line(rows: Rows, theta: Theta) -> tuple[Array, Array]:
    """Mean and sd of every row, shapes (m, n) and (m, 1)."""
    return theta["slope"][:, rows.groups] * rows.x, theta["noise"][:, None]


def _gaussian(theta: Theta, rows: Rows) -> Array:
    mean, sd = _line(rows, theta)
    return normal(rows.y, mean, sd).sum(axis=1)


def _student(nu: float, scale: Callable[[Array], Array] = lambda s: s) -> Term:
    def term(theta: Theta, rows: Rows) -> Array:
        mean, sd = _line(rows, theta)
        return student_t(rows.y, nu, mean, scale(sd)).sum(axis=1)

    return term


def _with_rows(change: Callable[[Rows], Rows], likelihood: Term = _gaussian) -> Term:
    """A likelihood that was given other rows than it should have been."""
    return lambda theta, rows: likelihood(theta, change(rows))


def _with_noise(change: Callable[[Array], Array]) -> Term:
    return lambda theta, rows: _gaussian({**theta, "noise": change(theta["noise"])}, rows)


def _rolled(shift: int) -> Callable[[Rows], Rows]:
    return lambda r: Rows((r.groups + shift) % r.n_groups, r.x, r.y)


def smallest_group(rows: Rows) -> int:
    """The group with the fewest rows, of those that have any."""
    sizes = np.bincount(rows.groups)
    return int(np.where(sizes > 0, sizes, rows.groups.size + 1).argmin())


def _without_smallest(r: Rows) -> Rows:
    keep = r.groups != smallest_group(r)
    return Rows(r.groups[keep], r.x[keep], r.y[keep])


def _offsets_as_slopes(theta: Theta, rows: Rows) -> Array:
    """The offset reaches the likelihood without being multiplied by sigma_slope."""
    offset = (theta["slope"] - theta["mu_slope"][:, None]) / theta["sigma_slope"][:, None]
    return _gaussian({**theta, "slope": theta["mu_slope"][:, None] + offset}, rows)


_ROW_MISTAKES: dict[str, Callable[[Rows], Rows]] = {
    "groups-rolled": _rolled(1),
    "groups-rolled-back": _rolled(-1),
    "groups-reversed": lambda r: Rows(r.n_groups - 1 - r.groups, r.x, r.y),
    "x-sorted": lambda r: Rows(r.groups, np.sort(r.x), r.y),
    "y-sorted": lambda r: Rows(r.groups, r.x, np.sort(r.y)),
    "x-rolled": lambda r: Rows(r.groups, np.roll(r.x, 1), r.y),
    "x-rolled-back": lambda r: Rows(r.groups, np.roll(r.x, -1), r.y),
    "x-standardized": lambda r: Rows(r.groups, (r.x - r.x.mean()) / r.x.std(), r.y),
    "x-standardized-ddof": lambda r: Rows(r.groups, (r.x - r.x.mean()) / r.x.std(ddof=1), r.y),
    "x-centered": lambda r: Rows(r.groups, r.x - r.x.mean(), r.y),
    "x-scaled": lambda r: Rows(r.groups, r.x / r.x.std(), r.y),
    "y-centered": lambda r: Rows(r.groups, r.x, r.y - r.y.mean()),
    "y-standardized": lambda r: Rows(r.groups, r.x, (r.y - r.y.mean()) / r.y.std()),
    "xy-swapped": lambda r: Rows(r.groups, r.y, r.x),
    "smallest-dropped": _without_smallest,
}


def _likelihood_mistakes(hierarchical: bool) -> dict[str, Term]:
    mistakes: dict[str, Term] = {k: _with_rows(v) for k, v in _ROW_MISTAKES.items()}
    mistakes |= {
        "noise-squared": _with_noise(np.square),
        "noise-root": _with_noise(np.sqrt),
        "noise-precision": _with_noise(lambda s: s**-0.5),
        "noise-inverse": _with_noise(lambda s: 1.0 / s),
        "noise-unused": _with_noise(np.ones_like),
        "data-twice": lambda theta, rows: 2 * _gaussian(theta, rows),
        "no-data": lambda theta, rows: np.zeros_like(theta["noise"]),
        "student-t": _student(4.0),
    }
    mistakes |= {f"student-t-{nu}": _student(nu) for nu in (1.0, 2.0, 3.0, 5.0, 10.0)}
    if hierarchical:
        mistakes["mean-for-all"] = lambda theta, rows: _gaussian(
            {**theta, "slope": np.broadcast_to(theta["mu_slope"][:, None], theta["slope"].shape)},
            rows,
        )
        mistakes["offset-not-scaled"] = _offsets_as_slopes
    return mistakes


def _scale_mistakes(name: str, rate: float) -> dict[str, Term]:
    """What stands for an Exponential(rate) prior of a scale in wrong answers."""
    wrong: dict[str, Callable[[Array], Array]] = {
        "rate-is-scale": lambda s: exponential(s, 1 / rate),
        "keyword-ignored": lambda s: exponential(s, 1.0),
        "half-normal": lambda s: half_normal(s, rate),
        "half-normal-inverse": lambda s: half_normal(s, 1 / rate),
        "half-normal-one": lambda s: half_normal(s, 1.0),
        "half-cauchy": lambda s: half_cauchy(s, rate),
        "half-cauchy-inverse": lambda s: half_cauchy(s, 1 / rate),
        "half-cauchy-one": lambda s: half_cauchy(s, 1.0),
        "flat": lambda s: np.zeros_like(s),
    }
    # The two rates of the story are easily exchanged; other rates are common guesses.
    wrong |= {
        f"rate-{other:g}": lambda s, other=other: exponential(s, other)
        for other in (0.1, 0.5, 2.0, 5.0, 10.0, 13.0, 50.0, 100.0)
        if other not in (rate, 1 / rate)
    }
    return {code: _scalar(name, log_density) for code, log_density in wrong.items()}


def _mean_mistakes() -> dict[str, Term]:
    wrong: dict[str, Callable[[Array], Array]] = {
        f"mean-{mean:g}-sd-{sd:g}": lambda v, mean=mean, sd=sd: normal(v, mean, sd)
        for mean in (0.0, 2.0)
        for sd in (0.001, 0.01, 0.05, 0.1, 0.2, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 13.0, 20.0, 100.0)
        if (mean, sd) != (0.0, 1.0)
    }
    return {code: _scalar("mu_slope", log_density) for code, log_density in wrong.items()}


def _column(theta: Theta, name: str) -> Array:
    return theta[name][:, None]


_FIXED_SLOPE = 20.0


def _fixed_slope_mistakes() -> dict[str, Term]:
    wrong = {
        "sd-is-variance": np.sqrt(_FIXED_SLOPE),
        "sd-is-precision": _FIXED_SLOPE**-0.5,
        "sd-squared": _FIXED_SLOPE**2,
        "keyword-ignored": 1.0,
        "sd-10": 10.0,
        "sd-2": 2.0,
        "sd-5": 5.0,
        "sd-100": 100.0,
    }
    terms = {
        code: _slopes(lambda slope, theta, sd=sd: normal(slope, 0.0, sd))
        for code, sd in wrong.items()
    }
    terms["centered-on-two"] = _slopes(lambda slope, theta: normal(slope, 2.0, _FIXED_SLOPE))
    terms["mean-and-sd-swapped"] = _slopes(lambda slope, theta: normal(slope, _FIXED_SLOPE, 1.0))
    return terms


def _learned_slope_mistakes() -> dict[str, Term]:
    def around(
        mean: Callable[[Theta], Array | float], sd: Callable[[Theta], Array | float]
    ) -> Term:
        return _slopes(lambda slope, theta: normal(slope, mean(theta), sd(theta)))

    def mu(theta: Theta) -> Array:
        return _column(theta, "mu_slope")

    def sigma(theta: Theta) -> Array:
        return _column(theta, "sigma_slope")

    terms = {
        "sigma-squared": around(mu, lambda t: sigma(t) ** 2),
        "sigma-root": around(mu, lambda t: sigma(t) ** 0.5),
        "sigma-precision": around(mu, lambda t: sigma(t) ** -0.5),
        "sigma-inverse": around(mu, lambda t: 1 / sigma(t)),
        "hyperpriors-unused": around(lambda t: 0.0, lambda t: _FIXED_SLOPE),
        "mu-unused": around(lambda t: 0.0, sigma),
        "hyperpriors-swapped": around(sigma, lambda t: np.abs(mu(t))),
    }
    for sd in (0.01, 0.05, 1 / 13, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 13.0, 20.0):
        terms[f"sigma-unused-{sd:.3g}"] = around(mu, lambda t, sd=sd: sd)
        # Offsets that are not standard normal: slope = mu + sigma * Normal(0, sd).
        if sd != 1.0:
            terms[f"offset-sd-{sd:.3g}"] = around(mu, lambda t, sd=sd: sd * sigma(t))
    return terms


# --- the densities of the exercises -------------------------------------------------------------

_NOISE = _scalar("noise", lambda s: exponential(s, 10.0))
_MU = _scalar("mu_slope", lambda v: normal(v, 0.0, 1.0))
_SIGMA = _scalar("sigma_slope", lambda s: exponential(s, 13.0))
_LEARNED = _slopes(
    lambda slope, theta: normal(slope, _column(theta, "mu_slope"), _column(theta, "sigma_slope"))
)

UNPOOLED = Density(
    parameters={"slope": True, "noise": False},
    terms={
        "slope": _slopes(lambda slope, theta: normal(slope, 0.0, _FIXED_SLOPE)),
        "noise": _NOISE,
        "obs": _gaussian,
    },
    mistakes={
        "slope": _fixed_slope_mistakes(),
        "noise": _scale_mistakes("noise", 10.0),
        "obs": _likelihood_mistakes(hierarchical=False),
    },
)

_HYPER_TERMS: dict[str, Term] = {"mu_slope": _MU, "sigma_slope": _SIGMA, "slope": _LEARNED}
_HYPER_MISTAKES = {
    "mu_slope": _mean_mistakes(),
    "sigma_slope": _scale_mistakes("sigma_slope", 13.0),
    "slope": _learned_slope_mistakes(),
}

SLOPE_PRIOR = Density(
    parameters={"mu_slope": False, "sigma_slope": False, "slope": True},
    terms=_HYPER_TERMS,
    mistakes=_HYPER_MISTAKES,
)

HIERARCHICAL = Density(
    parameters={"mu_slope": False, "sigma_slope": False, "slope": True, "noise": False},
    terms={**_HYPER_TERMS, "noise": _NOISE, "obs": _gaussian},
    mistakes={
        **_HYPER_MISTAKES,
        "noise": _scale_mistakes("noise", 10.0),
        "obs": _likelihood_mistakes(hierarchical=True),
    },
)
