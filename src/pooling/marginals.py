"""Marginals of an exact posterior: of scales, by their density; of locations, as mixtures.

Each answers to ``mean``, ``sd``, ``pdf``, ``cdf``, ``quantile`` and ``hdi``.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Any, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.interpolate import PchipInterpolator
from scipy.optimize import brentq
from scipy.optimize.elementwise import find_root
from scipy.special import ndtr, ndtri

from pooling.quadrature import LineDensity, Support

Array = NDArray[np.float64]

_TINY = 1e-12  # a probability that stands for none


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


class Scalar:
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


class Scale(Scalar):
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


class Mixture(Scalar):
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


class Vector:
    """Marginals of a parameter that has one value for each group."""

    def __init__(self, parts: list[Scalar]):
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


def moment_change(coarse: Marginal, fine: Marginal) -> float:
    """Largest change of a mean or sd, in sds."""
    mean, sd = np.asarray(fine.mean), np.asarray(fine.sd)
    if not (np.isfinite(mean).all() and np.isfinite(sd).all() and (sd > 0).all()):
        return np.inf
    changes = (np.asarray(coarse.mean) - mean) / sd, np.asarray(coarse.sd) / sd - 1
    return max(float(np.abs(c).max()) for c in changes)


def cdf_change(coarse: Marginal, fine: Marginal) -> float:
    """Largest change of a quantile, in sds, judged by the cdf."""
    mean, sd = np.asarray(fine.mean), np.asarray(fine.sd)
    probes = mean + sd * np.reshape([-1.5, -0.5, 0.5, 1.5], (4, *[1] * mean.ndim))
    # At the quantiles people ask for, a density in units of the sd is about a tenth or
    # more, so an error of the cdf moves a quantile by up to ten times as many sds.
    return 10 * float(np.abs(coarse.cdf(probes) - fine.cdf(probes)).max())
