"""The exact posterior of the course's models, without sampling.

Given the two scales, sigma_slope and noise, the hierarchical model is linear and Gaussian: the
mean mu_slope and all the slopes integrate out in closed form, from four sums for each group. What
is left is an integral over one or two scales, and `pooling.quadrature` does it to many digits. So
every marginal of mu_slope and of the slopes is a mixture of normals, one for each node of a grid.

There is no Monte Carlo error in any of it. It is the ruler that the book and the grader use.

Notes
-----
With p = Sxx / noise^2 the precision of a group's own estimate b = Sxy / Sxx, and
a = p / (1 + sigma_slope^2 p),

- mu_slope given the scales is normal with precision 1 / sd^2 + sum a,
- a slope given mu_slope and the scales is normal with mean w b + (1 - w) mu_slope, where
  w = sigma_slope^2 a is the weight of the group's own data.

The algebra is that of the normal hierarchical model in [1]_, section 5.4; the slopes through the
origin take the place of the group means.

References
----------
.. [1] A. Gelman et al., "Bayesian Data Analysis", third edition (2013), chapter 5.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Protocol

import numpy as np
import xarray as xr
from numpy.typing import ArrayLike, NDArray
from scipy.interpolate import PchipInterpolator
from scipy.optimize import brentq
from scipy.optimize.elementwise import find_root
from scipy.special import ndtr, ndtri

from pooling.quadrature import (
    DEPTH,
    LineDensity,
    Support,
    bracket,
    draw_rows,
    find_support,
    maximize,
    sinc_basis,
)

Array = NDArray[np.float64]

TOLERANCE = 1e-8  # of means, sds and quantiles, in posterior sds; ten times that at the worst
_REACH = 5.3  # of the search on a line: sinh(5.3) = 100, a hundred natural logarithms each way
_MOST_NODES = 400_000
_TINY = 1e-12  # a probability that stands for none
_ROWS = 10_000  # draws at a time


# --- what callers may pass ----------------------------------------------------------------------


def _positive(name: str, value: float) -> float:
    if not 0 < value < np.inf:
        raise ValueError(f"{name} must be a positive, finite number, got {value!r}")
    return float(value)


def _normal(name: str, prior: tuple[float, float], flat: bool = False) -> tuple[float, float]:
    try:
        mean, sd = map(float, prior)
    except (TypeError, ValueError):
        raise ValueError(f"{name} must be a pair (mean, sd), got {prior!r}") from None
    if not np.isfinite(mean) or not sd > 0 or (np.isinf(sd) and not flat):
        raise ValueError(f"{name} must be (finite mean, positive sd), got {prior!r}")
    return mean, sd


def _log_density(name: str, prior: Any) -> Any:
    """The prior as a vectorized log density; SciPy's frozen distributions get wrapped."""
    if hasattr(prior, "logpdf"):
        low, high = map(float, prior.support())
        return ScalePrior(name, prior.logpdf, (low, high))
    if callable(prior):
        return prior
    raise ValueError(
        f"the prior of {name} must be a log density, such as exact.exponential(13), "
        f"or a SciPy distribution; got {prior!r}"
    )


# --- priors of scales ---------------------------------------------------------------------------


@dataclass(frozen=True)
class ScalePrior:
    """A named log density on a positive scale.

    Call it with an array of positive numbers to get their log densities. Anything else that can
    be called so, or has SciPy's ``logpdf``, serves as a prior in this module too.
    """

    name: str
    log_density: Callable[[Array], Array]
    ends: tuple[float, float] = (0.0, np.inf)

    def __call__(self, scale: Array) -> Array:
        return self.log_density(np.asarray(scale, dtype=float))

    def support(self) -> tuple[float, float]:
        return self.ends


def exponential(rate: float) -> ScalePrior:
    """Exponential prior by its rate, as in PyMC: the mean is ``1 / rate``."""
    rate = _positive("rate", rate)
    return ScalePrior(f"Exponential({rate:g})", lambda s: np.log(rate) - rate * s)


def half_normal(sd: float) -> ScalePrior:
    """Half-normal prior: the absolute value of a normal with mean zero and this sd."""
    sd = _positive("sd", sd)
    constant = 0.5 * np.log(2 / np.pi) - np.log(sd)
    return ScalePrior(f"HalfNormal({sd:g})", lambda s: constant - 0.5 * (s / sd) ** 2)


def half_cauchy(scale: float) -> ScalePrior:
    """Half-Cauchy prior with this scale, which is its median."""
    scale = _positive("scale", scale)
    constant = np.log(2 / (np.pi * scale))
    return ScalePrior(f"HalfCauchy({scale:g})", lambda s: constant - np.log1p((s / scale) ** 2))


def uniform(low: float, high: float) -> ScalePrior:
    """Uniform prior between two ends, ``0 <= low < high < inf``."""
    if not 0 <= low < high < np.inf:
        raise ValueError(f"expected 0 <= low < high < inf, got low={low!r}, high={high!r}")
    return ScalePrior(
        f"Uniform({low:g}, {high:g})",
        lambda s: np.full(np.shape(s), -np.log(high - low)),
        (float(low), float(high)),
    )


# --- the three models ---------------------------------------------------------------------------


def unpooled(
    groups: ArrayLike,
    x: ArrayLike,
    y: ArrayLike,
    *,
    slope: tuple[float, float] = (0.0, 20.0),
    noise: Any = exponential(10),
) -> "Posterior":
    """Exact posterior of the unpooled model.

    Each group's slope has a fixed normal prior of its own; the noise is shared.

    Parameters
    ----------
    groups : array of int, shape (n,)
        Group of each row, 0 to J - 1.
    x, y : array, shape (n,)
        Predictor and outcome, in the same rows.
    slope : (mean, sd)
        Normal prior of every slope.
    noise : callable
        Log density of the noise sd's prior, vectorized; see `exponential` and its neighbors, or a
        frozen SciPy distribution.

    Returns
    -------
    Posterior
        With parameters "slope" (J values) and "noise".

    Raises
    ------
    ValueError
        If the arrays disagree or hold NaN, a prior is no prior, or the integral did not reach
        its tolerance.
    """
    mean, sd = _normal("slope", slope)
    sums = _Sums.of(groups, x, y)

    def given(scales: Mapping[str, Array]) -> "_Given":
        tau = np.full_like(scales["noise"], sd)
        return sums.condition(tau, scales["noise"], mean, 0.0)

    return _integrate(given, {"noise": noise}, {"noise": sums.noise_scale}, "slope", None)


def hierarchical(
    groups: ArrayLike,
    x: ArrayLike,
    y: ArrayLike,
    *,
    mu_slope: tuple[float, float] = (0.0, 1.0),
    sigma_slope: Any = exponential(13),
    noise: Any = exponential(10),
) -> "Posterior":
    """Exact posterior of the hierarchical (partially pooled) model.

    Parameters
    ----------
    groups : array of int, shape (n,)
        Group of each row, 0 to J - 1.
    x, y : array, shape (n,)
        Predictor and outcome, in the same rows.
    mu_slope : (mean, sd)
        Normal hyperprior of the slopes' mean; an sd of ``inf`` makes it flat.
    sigma_slope, noise : callable
        Log density of the prior of the slopes' sd and of the noise sd, vectorized; see
        `exponential` and its neighbors, or a frozen SciPy distribution.

    Returns
    -------
    Posterior
        With parameters "mu_slope", "sigma_slope", "slope" (J values) and "noise".

    Raises
    ------
    ValueError
        If the arrays disagree or hold NaN, a prior is no prior, or the integral did not reach
        its tolerance.
    """
    mean, sd = _normal("mu_slope", mu_slope, flat=True)
    sums = _Sums.of(groups, x, y)

    def given(scales: Mapping[str, Array]) -> "_Given":
        return sums.condition(scales["sigma_slope"], scales["noise"], mean, sd)

    return _integrate(
        given,
        {"sigma_slope": sigma_slope, "noise": noise},
        {"sigma_slope": sums.slope_scale, "noise": sums.noise_scale},
        "slope",
        "mu_slope",
    )


def meta_analysis(
    estimates: ArrayLike,
    standard_errors: ArrayLike,
    *,
    mu: tuple[float, float] = (0.0, np.inf),
    tau: Any = half_cauchy(5),
) -> "Posterior":
    """Exact posterior of group effects that were estimated with known standard errors.

    The model of the eight schools: ``theta ~ Normal(mu, tau)`` for each group and
    ``estimates ~ Normal(theta, standard_errors)``.

    Parameters
    ----------
    estimates, standard_errors : array, shape (J,)
        One estimate and its standard error for each group, in the same units.
    mu : (mean, sd)
        Normal hyperprior of the effects' mean; an sd of ``inf``, the default, makes it flat.
    tau : callable
        Log density of the prior of the effects' sd, vectorized.

    Returns
    -------
    Posterior
        With parameters "mu", "tau" and "theta" (J values).

    Raises
    ------
    ValueError
        If the arrays disagree, a standard error is not positive, a prior is no prior, or the
        integral did not reach its tolerance.

    References
    ----------
    .. [1] D. B. Rubin, "Estimation in parallel randomized experiments", Journal of Educational
       Statistics 6 (1981).
    """
    mean, sd = _normal("mu", mu, flat=True)
    b = np.asarray(estimates, dtype=float)
    se = np.asarray(standard_errors, dtype=float)
    if b.ndim != 1 or b.shape != se.shape or b.size == 0:
        raise ValueError(
            "estimates and standard_errors must be two one-dimensional arrays of one length; "
            f"got shapes {b.shape} and {se.shape}"
        )
    if not (np.isfinite(b).all() and np.isfinite(se).all() and (se > 0).all()):
        raise ValueError("estimates must be finite and standard errors finite and positive")

    constant = -0.5 * b.size * np.log(2 * np.pi) - np.log(se).sum()

    def given(scales: Mapping[str, Array]) -> "_Given":
        tau = scales["tau"]
        precision = np.broadcast_to(se**-2, (*tau.shape, b.size))
        return _condition(b, precision, tau, mean, sd, constant)

    spread = float(np.hypot(b.std(), np.median(se)))
    return _integrate(given, {"tau": tau}, {"tau": spread}, "theta", "mu")


# --- the algebra: everything normal, given the scales -------------------------------------------


@dataclass(frozen=True)
class _Given:
    """What the linear Gaussian model says once the scales are given.

    Leading axes are those of the scales; the last axis of the slopes is the group.
    """

    log_marginal: Array
    mu_mean: Array
    mu_sd: Array
    tau: Array  # sd of the slopes about mu
    estimate: Array  # of each slope by its own group, shape (J,)
    pull: Array  # weight of mu in each slope's mean, 1 - w

    def __getitem__(self, index: Any) -> "_Given":
        """The same at some of the nodes."""
        return _Given(
            self.log_marginal[index],
            self.mu_mean[index],
            self.mu_sd[index],
            self.tau[index],
            self.estimate,
            self.pull[index],
        )

    @property
    def slope_mean(self) -> Array:
        return self.estimate + self.pull * (self.mu_mean[..., None] - self.estimate)

    @property
    def slope_sd(self) -> Array:
        return np.hypot(self.own_sd, self.pull * self.mu_sd[..., None])

    @property
    def own_sd(self) -> Array:
        """Sd of each slope when mu is given as well."""
        return self.tau[..., None] * np.sqrt(self.pull)


def _condition(
    b: Array, p: Array, tau: Array, mean: float, sd: float, constant: Array | float
) -> _Given:
    """Integrate mu ~ Normal(mean, sd) and slopes ~ Normal(mu, tau) out of N(b | slope, 1/p).

    Shapes: b (J,), p (..., J), tau (...). The likelihood is taken as exp(-p (b - slope)^2 / 2),
    and its logarithm is ``constant`` more than that.
    """
    pull = 1.0 / (1.0 + tau[..., None] ** 2 * p)
    a = p * pull
    total = a.sum(-1)
    weighted = (a * (b - mean)).sum(-1)
    if np.isinf(sd):
        variance = 1.0 / total
        shift = weighted * variance
        prior = 0.5 * np.log(2 * np.pi * variance)
    else:
        widened = 1.0 + sd**2 * total
        variance = sd**2 / widened
        shift = weighted * variance
        prior = -0.5 * (np.log(widened) + (sd * weighted / widened) ** 2)
    mu = mean + shift
    misfit = (a * (b - mu[..., None]) ** 2).sum(-1)
    log_marginal = constant + prior + 0.5 * (np.log(pull).sum(-1) - misfit)
    return _Given(log_marginal, mu, np.sqrt(variance), tau, b, pull)


@dataclass(frozen=True)
class _Sums:
    """All that the data tell about slopes and noise: a few sums for each group."""

    n: int
    sxx: Array
    estimate: Array
    residual: float

    @classmethod
    def of(cls, groups: ArrayLike, x: ArrayLike, y: ArrayLike) -> "_Sums":
        from pooling.data import as_rows

        g, x_, y_ = as_rows(groups, x, y)
        j = int(g.max()) + 1
        sxx = np.bincount(g, x_ * x_, j)
        sxy = np.bincount(g, x_ * y_, j)
        estimate = np.divide(sxy, sxx, out=np.zeros(j), where=sxx > 0)
        return cls(g.size, sxx, estimate, float(((y_ - estimate[g] * x_) ** 2).sum()))

    @property
    def noise_scale(self) -> float:
        return max(np.sqrt(self.residual / self.n), 1e-12)

    @property
    def slope_scale(self) -> float:
        return max(float(np.abs(self.estimate).max()), 1e-12)

    def condition(self, tau: Array, noise: Array, mean: float, sd: float) -> _Given:
        precision = self.sxx / noise[..., None] ** 2
        constant = -self.n * (0.5 * np.log(2 * np.pi) + np.log(noise))
        constant -= 0.5 * self.residual / noise**2
        return _condition(self.estimate, precision, tau, mean, sd, constant)


# --- the integral -------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Integrand:
    """The joint log density of the scales, on one line for each."""

    given: Callable[[Mapping[str, Array]], _Given]
    log_priors: Mapping[str, Any]
    supports: Mapping[str, Support]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.supports)

    def log_prior(self, name: str, u: Array) -> Array:
        """Log prior density of one scale, on its line."""
        support = self.supports[name]
        value = np.asarray(self.log_priors[name](support.to_scale(u)), dtype=float)
        return value + support.log_jacobian(u)

    def __call__(self, *lines: Array) -> tuple[Array, _Given]:
        pairs = dict(zip(self.names, lines, strict=True))
        scales = np.broadcast_arrays(*(self.supports[k].to_scale(u) for k, u in pairs.items()))
        given = self.given(dict(zip(self.names, scales, strict=True)))
        return given.log_marginal + sum(self.log_prior(k, u) for k, u in pairs.items()), given

    def profile(self, axis: int, u: Array) -> Array:
        """The joint log density along one line, maximized over the other if there is one."""
        if len(self.names) == 1:
            return self(u)[0]

        def rows(v: Array) -> Array:
            return self(*((u[:, None], v) if axis == 0 else (v, u[:, None])))[0]

        return maximize(rows, -_REACH, _REACH, u.size)


def _integrate(
    given: Callable[[Mapping[str, Array]], _Given],
    priors: Mapping[str, Any],
    start: Mapping[str, float],
    slope_name: str,
    mu_name: str | None,
) -> "Posterior":
    """Lay a grid over the scales and double it until halving it changes nothing."""
    log_priors = {k: _log_density(k, v) for k, v in priors.items()}
    supports = {k: find_support(v) for k, v in log_priors.items()}
    supports = {
        k: replace(v, center=np.log(start[k])) if np.isinf(v.high) else v
        for k, v in supports.items()
    }
    rough = _Integrand(given, log_priors, supports)
    found = {}
    for axis, name in reversed([*enumerate(rough.names)]):  # the noise first, the likelier trouble
        found[name] = bracket(
            lambda u, axis=axis: rough.profile(axis, u),
            lambda u, name=name: np.log(supports[name].to_scale(u)),
            _REACH,
            name,
        )
    # Now that the mass has been found, each map is centered on it.
    supports = {k: v.recentered(found[k][2]) for k, v in supports.items()}
    integrand = replace(rough, supports=supports)
    boxes = [np.arcsinh(np.sinh(found[k][:2]) - np.sinh(found[k][2])) for k in supports]
    counts = [65, 33][-len(boxes) :]
    steps = [1] * len(boxes)
    location_errors = [np.inf] * len(boxes)
    while True:
        lines = tuple(np.linspace(*ends, num=n) for ends, n in zip(boxes, counts, strict=True))
        posterior = Posterior(
            integrand,
            lines,
            *integrand(*np.meshgrid(*lines, indexing="ij")),
            slope_name,
            mu_name,
            tuple(steps),
        )
        errors = []
        for axis in range(len(lines)):
            # Mixtures of normals cost time for each node. Once every second node is enough for
            # them, they are left at that, even if the scales need more.
            if location_errors[axis] > TOLERANCE:
                location_errors[axis] = posterior.halving_error(axis, posterior.locations)
                if location_errors[axis] <= TOLERANCE:
                    steps[axis] *= 2
            scale_error = posterior.halving_error(axis, posterior.scales)
            errors.append(max(location_errors[axis], scale_error))
        full = np.prod(counts) > _MOST_NODES
        if max(errors) <= (10 if full else 1) * TOLERANCE:
            return replace(posterior, steps=tuple(steps), error=sum(errors), _marginals={})
        if full:
            raise ValueError(
                f"the integral reached a relative error of {max(errors):.1e}, not {TOLERANCE:.0e}, "
                f"with a grid of {' x '.join(map(str, counts))}. Either a prior's density is not "
                "smooth (an edge inside its support?): give a smooth one, or one that says where "
                "it ends (`exact.uniform`, a SciPy distribution). Or the data are free of noise "
                "up to rounding"
            )
        for axis, error in enumerate(errors):
            if error > TOLERANCE:
                counts[axis] = 2 * counts[axis] - 1
                if location_errors[axis] <= TOLERANCE:
                    steps[axis] *= 2


# --- the result ---------------------------------------------------------------------------------


class Marginal(Protocol):
    """Posterior of one parameter; every method works value by value on its shape.

    Attributes
    ----------
    mean, sd : float or array
        Of the parameter's shape: scalar, or one for each group.
    """

    @property
    def mean(self) -> Any: ...
    @property
    def sd(self) -> Any: ...
    def pdf(self, values: ArrayLike) -> Array: ...
    def cdf(self, values: ArrayLike) -> Array: ...
    def quantile(self, q: ArrayLike) -> Any: ...
    def hdi(self, prob: float = 0.94) -> Array: ...


class _Scalar:
    """Quantiles and HDI of one number: what both kinds of marginal share."""

    mean: float
    sd: float

    @property
    def _table(self) -> tuple[Array, Array]:
        """Increasing values from end to end, a fraction of an sd apart, and the cdf there."""
        raise NotImplementedError

    def pdf(self, values: ArrayLike) -> Array:
        raise NotImplementedError

    def cdf(self, values: ArrayLike) -> Array:
        raise NotImplementedError

    def _solve(self, q: Array) -> Array:
        """Where the cdf takes these values."""
        raise NotImplementedError

    def quantile(self, q: ArrayLike) -> Any:
        """Quantiles at probabilities strictly between 0 and 1, in the shape of ``q``."""
        q = np.asarray(q, dtype=float)
        if not ((q > 0) & (q < 1)).all():
            raise ValueError(f"probabilities must lie strictly between 0 and 1, got {q}")
        values = self._solve(q)
        return float(values) if q.ndim == 0 else values

    def hdi(self, prob: float = 0.94) -> Array:
        """Highest density interval: the shortest one that holds this probability.

        Returns
        -------
        array, shape (2,)
            Low and high end.
        """
        if not 0 < prob < 1:
            raise ValueError(f"prob must lie strictly between 0 and 1, got {prob!r}")
        value, cdf = self._table
        # A scan of the widths first, because a posterior may have two modes. It is rough: between
        # the values of the table it interpolates, on the scale that makes a normal cdf straight.
        normal = ndtri(np.clip(cdf, _TINY, 1 - _TINY))
        rises = np.append(True, np.diff(normal) > 0)
        quantile = PchipInterpolator(normal[rises], value[rises])
        start = np.clip(np.linspace(0.0, 1.0 - prob, 33), _TINY, 1.0 - prob - _TINY)
        low, high = quantile(ndtri(start)), quantile(ndtri(start + prob))
        best = int((high - low).argmin())

        # Then the low end is moved until the density is the same at both ends, which is where
        # the width is least; where the density only falls, the interval starts at its end.
        def other(low: float) -> float:
            end = float(self.cdf(low)) + prob
            place = np.searchsorted(cdf, end)
            bounds = value[np.clip([place - 2, place + 1], 0, value.size - 1)]
            return _root(lambda v: float(self.cdf(v)) - end, *bounds)

        bounds = low[np.clip([best - 2, best + 2], 0, low.size - 1)]
        left = _root(lambda v: float(self.pdf(v) - self.pdf(other(v))), *bounds)
        return np.array([left, other(left)])


def _root(function: Callable[[float], float], low: float, high: float) -> float:
    """Where an increasing function crosses zero, or the end at which it comes nearest."""
    if function(low) >= 0:
        return float(low)
    if function(high) <= 0:
        return float(high)
    xtol = 1e-12 * max(abs(low), abs(high), high - low)
    return float(brentq(function, low, high, xtol=xtol))  # type: ignore[arg-type]


class _Scale(_Scalar):
    """Posterior of a scale, from its density on the line."""

    def __init__(self, support: Support, density: LineDensity):
        self._support, self._density = support, density
        value = support.to_scale(density.nodes)
        self.mean = float(density.mass @ value)
        self.sd = float(np.sqrt(density.mass @ (value - self.mean) ** 2))

    @property
    def _table(self) -> tuple[Array, Array]:
        u, cdf = self._density.table
        return self._support.to_scale(u), cdf

    def pdf(self, values: ArrayLike) -> Array:
        u = self._support.to_line(values)
        inside = (u > self._density.nodes[0]) & (u < self._density.nodes[-1])
        v = np.where(inside, u, self._density.nodes[0])
        return np.where(inside, self._density.pdf(v) * np.exp(-self._support.log_jacobian(v)), 0.0)

    def cdf(self, values: ArrayLike) -> Array:
        return self._density.cdf(self._support.to_line(values))

    def _solve(self, q: Array) -> Array:
        return self._support.to_scale(self._density.solve(q))


class _Mixture(_Scalar):
    """Posterior of a location: a mixture of normals, each argument of shape (K,)."""

    def __init__(self, weight: Array, mean: Array, sd: Array):
        self.mean = float(weight @ mean)
        self.sd = float(np.sqrt(weight @ (sd**2 + (mean - self.mean) ** 2)))
        kept = weight > 1e-16  # lighter ones count in a variance at most, and cost time
        self._weight, self._means, self._sds = weight[kept], mean[kept], sd[kept]

    @cached_property
    def _table(self) -> tuple[Array, Array]:
        ends = (self._means - 9 * self._sds).min(), (self._means + 9 * self._sds).max()
        new = np.unique(np.clip(self.mean + self.sd * np.linspace(-6, 6, 25), *ends))
        value, cdf = np.array(ends), np.array([0.0, 1.0])
        while new.size:
            value, cdf = np.append(value, new), np.append(cdf, self.cdf(new))
            value, first = np.unique(value, return_index=True)
            cdf = cdf[first]
            # Halve each step that is long for a normal distribution of the same cdf.
            long = np.diff(ndtri(np.clip(cdf, 1e-6, 1 - 1e-6))) > 0.8
            new = 0.5 * (value[:-1] + value[1:])[long]
        return value, np.maximum.accumulate(cdf)

    def pdf(self, values: ArrayLike) -> Array:
        z = (np.asarray(values, dtype=float)[..., None] - self._means) / self._sds
        return np.exp(-0.5 * z**2) @ (self._weight / (np.sqrt(2 * np.pi) * self._sds))

    def cdf(self, values: ArrayLike) -> Array:
        return ndtr((np.asarray(values, dtype=float)[..., None] - self._means) / self._sds) @ (
            self._weight
        )

    def _solve(self, q: Array) -> Array:
        value, cdf = self._table
        right = np.clip(np.searchsorted(cdf, q), 1, cdf.size - 1)
        bounds = value[right - 1], value[right]
        return find_root(lambda v, p: self.cdf(v) - p, bounds, args=(q,)).x


class _Vector:
    """Marginals of a parameter that has one value for each group."""

    def __init__(self, parts: list[_Scalar]):
        self._parts = parts
        self.mean = np.array([part.mean for part in parts])
        self.sd = np.array([part.sd for part in parts])

    def quantile(self, q: ArrayLike) -> Array:
        """Quantiles, shape (J,) followed by the shape of ``q``."""
        return np.stack([np.asarray(part.quantile(q)) for part in self._parts])

    def hdi(self, prob: float = 0.94) -> Array:
        """Highest density intervals, shape (J, 2)."""
        return np.stack([part.hdi(prob) for part in self._parts])

    def pdf(self, values: ArrayLike) -> Array:
        """Densities at values whose last axis is the group (or a single value for all)."""
        return self._each("pdf", values)

    def cdf(self, values: ArrayLike) -> Array:
        """Cumulative probabilities at values whose last axis is the group."""
        return self._each("cdf", values)

    def _each(self, what: str, values: ArrayLike) -> Array:
        v = np.asarray(values, dtype=float)
        if v.ndim == 0:
            v = np.broadcast_to(v, (len(self._parts),))
        if v.shape[-1] != len(self._parts):
            raise ValueError(
                f"the last axis must be the group, of length {len(self._parts)}; "
                f"got shape {v.shape}"
            )
        return np.stack([getattr(p, what)(v[..., j]) for j, p in enumerate(self._parts)], -1)


@dataclass
class Posterior:
    """An exact posterior: its marginals by name, and exact draws.

    ``posterior["slope"]`` is the marginal of all slopes, with ``mean``, ``sd``, ``quantile(q)``,
    ``hdi(prob)``, ``cdf(values)`` and ``pdf(values)``; likewise for every name in `parameters`.

    Attributes
    ----------
    error : float
        Bound of the relative error, in posterior sds: the change that dropping every second
        node of each line in turn makes to any mean, sd or quantile, summed over the lines.
        For the scales the true error is far smaller, since each doubling about squares it.
    log_evidence : float
        Log marginal likelihood of the data (only up to a constant under a flat prior).
    """

    integrand: _Integrand
    lines: tuple[Array, ...]
    log_joint: Array
    given: _Given
    slope_name: str
    mu_name: str | None
    steps: tuple[int, ...]  # of the nodes that the marginals of the locations use
    error: float = np.inf
    _marginals: dict[str, Marginal] = field(default_factory=dict)

    @property
    def scales(self) -> tuple[str, ...]:
        """Names of the scales, which the grid is laid over."""
        return self.integrand.names

    @property
    def locations(self) -> tuple[str, ...]:
        """Names of the parameters that are normal given the scales."""
        return (self.slope_name,) if self.mu_name is None else (self.mu_name, self.slope_name)

    @property
    def parameters(self) -> tuple[str, ...]:
        """Names of all parameters."""
        return (*self.locations, *self.scales)

    @property
    def n_groups(self) -> int:
        return self.given.estimate.size

    @property
    def log_evidence(self) -> float:
        peak = self.log_joint.max()
        spacings = [line[1] - line[0] for line in self.lines]
        return float(peak + np.log(np.exp(self.log_joint - peak).sum() * np.prod(spacings)))

    def __getitem__(self, name: str) -> Marginal:
        if name not in self.parameters:
            raise KeyError(f"no parameter {name!r} here; there are {', '.join(self.parameters)}")
        if name not in self._marginals:
            self._marginals[name] = self._marginal(name)
        return self._marginals[name]

    def _weights(self, every: tuple[slice, ...]) -> Array:
        weight = np.exp(self.log_joint[every] - self.log_joint.max())
        return weight / weight.sum()

    def _marginal(self, name: str, halved: int | None = None) -> Marginal:
        """A marginal, perhaps with every second node of one line dropped."""
        steps = [1] * len(self.lines) if name in self.scales else list(self.steps)
        if halved is not None:
            steps[halved] *= 2
        every = tuple(slice(None, None, step) for step in steps)
        weight = self._weights(every)
        if name in self.scales:
            axis = self.scales.index(name)
            others = tuple(i for i in range(weight.ndim) if i != axis)
            density = LineDensity(self.lines[axis][every[axis]], weight.sum(axis=others))
            return _Scale(self.integrand.supports[name], density)
        # Nodes past the depth of the grid's edges carry nothing.
        kept = weight > np.exp(-2 * DEPTH)
        weight, given = weight[kept], self.given[every][kept]
        if name == self.mu_name:
            return _Mixture(weight, given.mu_mean, given.mu_sd)
        pairs = zip(given.slope_mean.T, given.slope_sd.T, strict=True)
        return _Vector([_Mixture(weight, mean, sd) for mean, sd in pairs])

    def halving_error(self, axis: int, names: tuple[str, ...]) -> float:
        """Largest change in these marginals when every second node of one line is dropped."""
        pairs = [(self._marginal(name, axis), self[name]) for name in names]
        # The moments first: they are cheap, and settle most grids that are too coarse.
        error = max(_moment_change(*pair) for pair in pairs)
        return error if error > TOLERANCE else max(error, *(_cdf_change(*p) for p in pairs))

    def slopes_given_sigma(self, sigma: ArrayLike) -> tuple[Array, Array]:
        """Slopes when the slopes' sd is held at given values, with the noise integrated out.

        Parameters
        ----------
        sigma : array, shape (m,)
            Values of sigma_slope (tau in a meta-analysis); zero is allowed.

        Returns
        -------
        means, sds : arrays, shape (m, J)

        Raises
        ------
        ValueError
            If this posterior has no such parameter (the unpooled model).
        """
        if self.mu_name is None:
            raise ValueError("the unpooled model has no sigma_slope to hold fixed")
        sigma = np.atleast_1d(np.asarray(sigma, dtype=float))
        if sigma.ndim != 1 or not (sigma >= 0).all():
            raise ValueError("sigma must be a one-dimensional array of values >= 0")
        weight, given = self._rest(sigma)
        mean = np.einsum("mk,mkj->mj", weight, given.slope_mean)
        spread = given.slope_sd**2 + (given.slope_mean - mean[:, None]) ** 2
        return mean, np.sqrt(np.einsum("mk,mkj->mj", weight, spread))

    def _rest(self, first: Array) -> tuple[Array, _Given]:
        """Weights of the second scale's nodes when the first scale is held at these values."""
        if len(self.scales) == 1:
            given = self.integrand.given({self.scales[0]: first[:, None]})
            return np.ones((first.size, 1)), given

        name, line = self.scales[1], self.lines[1]
        support = self.integrand.supports[name]

        def joint(u: Array) -> tuple[Array, _Given]:
            held = np.broadcast_arrays(first[:, None], support.to_scale(u))
            given = self.integrand.given(dict(zip(self.scales, held, strict=True)))
            return given.log_marginal + self.integrand.log_prior(name, u), given

        # A value that the data rule out may ask for a noise that they rule out too, so the
        # second scale's mass is searched for anew.
        peaks = maximize(lambda u: joint(u)[0], -_REACH, _REACH, first.size)[:, None]
        low, high, _ = bracket(
            lambda u: (joint(u)[0] - peaks).max(axis=0),
            lambda u: np.log(support.to_scale(u)),
            _REACH,
            name,
        )
        count = int(np.ceil((high - low) / (line[1] - line[0]))) + 1
        log_weight, given = joint(np.linspace(low, high, count))
        weight = np.exp(log_weight - log_weight.max(axis=1, keepdims=True))
        return weight / weight.sum(axis=1, keepdims=True), given

    def draws(self, draws: int = 1000, chains: int = 4, seed: Any = None) -> xr.DataTree:
        """Independent exact draws, in the form in which ArviZ takes a sampler's.

        Parameters
        ----------
        draws, chains : int
            Numbers of draws a chain and of chains. The chains are a formality: all draws are
            independent.
        seed : int or numpy.random.Generator, optional

        Returns
        -------
        xarray.DataTree
            With a group ``posterior``; dimensions ``chain``, ``draw`` and ``group``.
        """
        rng = np.random.default_rng(seed)
        size = chains * draws
        # The first scale by inverting its cdf, the second likewise given the first, the rest
        # from their normal distributions given both.
        weight = self._weights((slice(None),) * len(self.lines))
        first = LineDensity(self.lines[0], weight.reshape(self.lines[0].size, -1).sum(axis=1))
        points = [first.draw(rng.uniform(size=size))]
        if len(self.scales) == 2:
            q = rng.uniform(size=size)
            pieces = [slice(i, i + _ROWS) for i in range(0, size, _ROWS)]  # to bound the memory
            rows = (sinc_basis(points[0][piece], self.lines[0]) @ weight for piece in pieces)
            points.append(
                np.concatenate(
                    [
                        draw_rows(self.lines[1], row, q[piece])
                        for row, piece in zip(rows, pieces, strict=True)
                    ]
                )
            )
        scales = {
            name: self.integrand.supports[name].to_scale(u)
            for name, u in zip(self.scales, points, strict=True)
        }
        given = self.integrand.given(scales)
        mu = given.mu_mean + given.mu_sd * rng.standard_normal(size)
        center = given.slope_mean + given.pull * (mu - given.mu_mean)[:, None]
        slope = center + given.own_sd * rng.standard_normal(center.shape)
        columns = {self.slope_name: slope, **scales}
        if self.mu_name is not None:
            columns = {self.mu_name: mu, **columns}
        dims = ("chain", "draw", "group")
        dataset = xr.Dataset(
            {
                name: (dims[: value.ndim + 1], value.reshape(chains, draws, *value.shape[1:]))
                for name, value in columns.items()
            },
            coords={
                "chain": np.arange(chains),
                "draw": np.arange(draws),
                "group": np.arange(self.n_groups),
            },
        )
        return xr.DataTree.from_dict({"/posterior": dataset})


def _moment_change(coarse: Marginal, fine: Marginal) -> float:
    """Largest change of a mean or sd, in sds."""
    mean, sd = np.asarray(fine.mean), np.asarray(fine.sd)
    if not (np.isfinite(mean).all() and np.isfinite(sd).all() and (sd > 0).all()):
        return np.inf
    changes = (np.asarray(coarse.mean) - mean) / sd, np.asarray(coarse.sd) / sd - 1
    return max(float(np.abs(c).max()) for c in changes)


def _cdf_change(coarse: Marginal, fine: Marginal) -> float:
    """Largest change of a quantile, in sds, judged by the cdf."""
    mean, sd = np.asarray(fine.mean), np.asarray(fine.sd)
    probes = mean + sd * np.reshape([-1.5, -0.5, 0.5, 1.5], (4, *[1] * mean.ndim))
    # At the quantiles people ask for, a density in units of the sd is about a tenth or
    # more, so an error of the cdf moves a quantile by up to ten times as many sds.
    return 10 * float(np.abs(coarse.cdf(probes) - fine.cdf(probes)).max())
