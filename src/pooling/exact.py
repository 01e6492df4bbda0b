"""The exact posterior of the course's models, without sampling.

Given the two scales, sigma_slope and noise, the hierarchical model is linear and Gaussian: the
mean mu_slope and all the slopes integrate out in closed form (`pooling.conditional`). What is
left is an integral over one or two scales (`pooling.posterior`), done to many digits by the
trapezoidal rule (`pooling.quadrature`).

There is no Monte Carlo error in any of it. It is the ruler that the book and the grader use.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pooling.conditional import Given, Sums, condition
from pooling.posterior import Posterior, integrate

__all__ = [
    "Posterior",
    "ScalePrior",
    "exponential",
    "half_cauchy",
    "half_normal",
    "hierarchical",
    "meta_analysis",
    "uniform",
    "unpooled",
]

Array = NDArray[np.float64]


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


def _log_densities(**priors: Any) -> dict[str, Any]:
    """The priors as vectorized log densities; SciPy's frozen distributions get wrapped."""
    wrapped = {}
    for name, prior in priors.items():
        if hasattr(prior, "logpdf"):
            low, high = map(float, prior.support())
            wrapped[name] = ScalePrior(name, prior.logpdf, (low, high))
        elif callable(prior):
            wrapped[name] = prior
        else:
            raise ValueError(
                f"the prior of {name} must be a log density, such as exact.exponential(13), "
                f"or a SciPy distribution; got {prior!r}"
            )
    return wrapped


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
) -> Posterior:
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
    sums = Sums.of(groups, x, y)

    def given(scales: Mapping[str, Array]) -> Given:
        tau = np.full_like(scales["noise"], sd)
        return sums.condition(tau, scales["noise"], mean, 0.0)

    return integrate(given, _log_densities(noise=noise), {"noise": sums.noise_scale}, "slope", None)


def hierarchical(
    groups: ArrayLike,
    x: ArrayLike,
    y: ArrayLike,
    *,
    mu_slope: tuple[float, float] = (0.0, 1.0),
    sigma_slope: Any = exponential(13),
    noise: Any = exponential(10),
) -> Posterior:
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
    sums = Sums.of(groups, x, y)

    def given(scales: Mapping[str, Array]) -> Given:
        return sums.condition(scales["sigma_slope"], scales["noise"], mean, sd)

    return integrate(
        given,
        _log_densities(sigma_slope=sigma_slope, noise=noise),
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
) -> Posterior:
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

    def given(scales: Mapping[str, Array]) -> Given:
        tau = scales["tau"]
        precision = np.broadcast_to(se**-2, (*tau.shape, b.size))
        return condition(b, precision, tau, mean, sd, constant)

    spread = float(np.hypot(b.std(), np.median(se)))
    return integrate(given, _log_densities(tau=tau), {"tau": spread}, "theta", "mu")
