"""Densities of scale parameters, integrated on a line by the trapezoidal rule.

A scale such as sigma_slope lives on an interval, most often (0, inf). `Support` maps the whole
real line onto it (a logarithm, or a logit where the interval ends), and there the densities of
this course are smooth and die out on both sides. For such functions the plain trapezoidal rule
is as good as any: its error falls exponentially with the number of nodes [1]_. The same nodes
give the density between them and the cumulative distribution function, by replacing each node
with a sinc function and integrating that [2]_.

References
----------
.. [1] L. N. Trefethen and J. A. C. Weideman, "The exponentially convergent trapezoidal rule",
   SIAM Review 56 (2014), section 5.
.. [2] F. Stenger, "Numerical Methods Based on Sinc and Analytic Functions", Springer (1993),
   section 3.6 (indefinite integration).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize.elementwise import find_root
from scipy.special import expit, logit, sici

Array = NDArray[np.float64]

# Log density below its peak at which a tail is cut: exp(-40) is far below rounding error.
DEPTH = 40.0

# Points of a table of a cdf, to a spacing of the nodes.
FINE = 32


@dataclass(frozen=True)
class Support:
    """The interval a scale lives on, and a map of the real line onto it.

    The map is ``center + sinh(u)``, read as the logarithm of the distance to the lower end, or
    as the logit of the place in the interval where that ends. Near the center it is a plain
    logarithm; far out it runs exponentially faster, so that long tails take few nodes.

    Parameters
    ----------
    low, high : float
        Ends of the interval, ``0 <= low < high <= inf``.
    center : float
        Logarithm or logit that ``u = 0`` is mapped to.
    """

    low: float = 0.0
    high: float = np.inf
    center: float = 0.0

    def to_scale(self, u: ArrayLike) -> Array:
        """Map points of the line to the scale."""
        v = self.center + np.sinh(u)
        if np.isinf(self.high):
            return self.low + np.exp(v)
        return self.low + (self.high - self.low) * expit(v)

    def to_line(self, scale: ArrayLike) -> Array:
        """Map values of the scale to the line; values at or past an end go to -inf or inf."""
        scale = np.asarray(scale, dtype=float)
        with np.errstate(divide="ignore"):
            if np.isinf(self.high):
                v = np.log(np.maximum(scale - self.low, 0.0))
            else:
                v = logit(np.clip((scale - self.low) / (self.high - self.low), 0.0, 1.0))
        return np.arcsinh(v - self.center)

    def log_jacobian(self, u: ArrayLike) -> Array:
        """Log of the derivative of the scale with respect to the line."""
        u = np.asarray(u, dtype=float)
        v = self.center + np.sinh(u)
        if np.isinf(self.high):
            stretch = v
        else:
            width = np.log(self.high - self.low)
            stretch = width - np.logaddexp(0.0, v) - np.logaddexp(0.0, -v)
        return stretch + np.log(np.cosh(u))

    def recentered(self, u: float) -> "Support":
        """The same interval with the center of the map moved to a point of the line."""
        return replace(self, center=self.center + float(np.sinh(u)))


def find_support(log_density: Any) -> Support:
    """Find where a log density on a positive scale is finite.

    An object with a ``support()`` method (every frozen SciPy distribution) is asked. Any other
    is probed from 1e-150 to 1e150, and an edge that the probe crosses is bisected.

    Raises
    ------
    ValueError
        If it is -inf everywhere that was probed, or on a stretch between two finite ones, or NaN.
    """
    if hasattr(log_density, "support"):
        low, high = map(float, log_density.support())
        return Support(max(low, 0.0), high)

    probe = np.linspace(-345.0, 345.0, 1381)  # natural logarithms, half a unit apart

    def inside(u: Array) -> NDArray[np.bool_]:
        value = np.asarray(log_density(np.exp(u)), dtype=float)
        if np.isnan(value).any():
            raise ValueError("the log density of a scale's prior is NaN at a positive value")
        return value > -np.inf

    finite = inside(probe)
    if not finite.any():
        raise ValueError(
            "the log density of a scale's prior is -inf at every value tried; "
            "expected a vectorized function that is finite on an interval of positive numbers"
        )
    first, last = np.flatnonzero(finite)[[0, -1]]
    # A smooth density may underflow to -inf far out; between finite values it may not.
    if not finite[first : last + 1].all():
        raise ValueError("the support of a scale's prior must be one interval, without holes")

    def edge(outside: Any, within: Any) -> float:
        for _ in range(80):
            middle = 0.5 * (outside + within)
            outside, within = (
                (outside, middle) if inside(np.array([middle]))[0] else (middle, within)
            )
        return float(np.exp(within))

    low = 0.0 if first == 0 else edge(probe[first - 1], probe[first])
    high = np.inf if last == probe.size - 1 else edge(probe[last + 1], probe[last])
    return Support(low, high)


@dataclass(frozen=True)
class LineDensity:
    """A probability density on the line, known at equally spaced nodes.

    Parameters
    ----------
    nodes : array, shape (n,)
        Equally spaced points of the line.
    mass : array, shape (n,)
        Density at the nodes times their spacing; sums to one.
    """

    nodes: Array
    mass: Array

    @property
    def spacing(self) -> float:
        return float(self.nodes[1] - self.nodes[0])

    def pdf(self, u: ArrayLike) -> Array:
        """Density at any points of the line."""
        return np.maximum(sinc_basis(u, self.nodes) @ self.mass, 0.0) / self.spacing

    def cdf(self, u: ArrayLike) -> Array:
        """Cumulative distribution function at any points of the line (also -inf and inf)."""
        z = (np.asarray(u, dtype=float)[..., None] - self.nodes) / self.spacing
        return np.clip(sinc_integral(z) @ self.mass, 0.0, 1.0)

    @cached_property
    def table(self) -> tuple[Array, Array]:
        """Points between the nodes, `FINE` to a spacing, and the cdf there, for inverting it."""
        # Equal spacings: the cdf is a convolution of the masses, one for each place in a spacing.
        n, place = self.nodes.size, np.arange(FINE) / FINE
        kernel = sinc_integral(np.arange(1 - n, n)[:, None] + place)
        cdf = np.stack([np.convolve(k, self.mass, "valid") for k in kernel.T], axis=1)
        u = self.nodes[:, None] + self.spacing * place
        return u.ravel(), np.maximum.accumulate(np.clip(cdf.ravel(), 0.0, 1.0))

    def solve(self, q: ArrayLike) -> Array:
        """Points of the line where the cdf takes these values."""
        q = np.asarray(q, dtype=float)
        u, cdf = self.table
        # One point more on both sides, because the table and the cdf round differently.
        place, last = np.searchsorted(cdf, q), u.size - 1
        low, high = (u[np.clip(place + i, 0, last)] for i in (-2, 1))
        found = find_root(lambda u, p: self.cdf(u) - p, (low, high), args=(q,))
        return np.where(found.success, found.x, low)  # no root past the ends of the nodes

    def draw(self, q: Array) -> Array:
        """`solve` for many values: a straight line through the table, which is off by 1e-6."""
        u, cdf = self.table
        return np.interp(q, cdf, u)


def sinc_basis(u: ArrayLike, nodes: Array) -> Array:
    """What each node adds to a function's value at points of the line, shape (..., n)."""
    return np.sinc((np.asarray(u, dtype=float)[..., None] - nodes) / (nodes[1] - nodes[0]))


def sinc_integral(z: Array) -> Array:
    """Integral of ``sinc`` from -inf to z: what one node adds to a cdf."""
    return 0.5 + sici(np.pi * z)[0] / np.pi


def draw_rows(nodes: Array, mass: Array, q: Array) -> Array:
    """For each of many densities on the same nodes, the point where its cdf takes one value.

    Parameters
    ----------
    nodes : array, shape (n,)
    mass : array, shape (m, n)
        Each row as in `LineDensity`, but for a factor.
    q : array, shape (m,)

    Returns
    -------
    array, shape (m,)
    """
    # The rows share a table of what each node adds to the cdf, and each row searches it by
    # bisection; then a straight line between two points of the table.
    n = nodes.size
    kernel = sinc_integral(np.arange(FINE * (1 - n), FINE * n) / FINE)
    adds = kernel[np.arange(FINE * n)[:, None] + FINE * np.arange(n - 1, -1, -1)]
    target = q * mass.sum(axis=1)
    low, high = np.zeros(q.size, dtype=int), np.full(q.size, FINE * n - 1)

    def cdf(place: NDArray[np.int_]) -> Array:
        return np.einsum("ij,ij->i", mass, adds[place])

    while (high - low > 1).any():
        middle = (low + high) // 2
        below = cdf(middle) < target
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    start, end = cdf(low), cdf(high)
    rise = np.where(end > start, end - start, 1.0)
    share = np.clip((target - start) / rise, 0.0, 1.0)
    return nodes[0] + (nodes[1] - nodes[0]) / FINE * (low + share * (high - low))


def bracket(
    log_density: Callable[[Array], Array],
    log_scale: Callable[[Array], Array],
    reach: float,
    what: str,
) -> tuple[float, float, float]:
    """Find the part of the line that holds all of a density's mass, and of its second moment.

    Parameters
    ----------
    log_density : callable
        Vectorized, unnormalized, on the line.
    log_scale : callable
        Logarithm of the scale at points of the line.
    reach : float
        The search goes from ``-reach`` to ``reach``.
    what : str
        Name of the parameter, for the error message.

    Returns
    -------
    low, high, peak : float
        Ends outside which the log density is at least `DEPTH` below its peak, and so is the log
        density times the scale squared; and the peak of the density.

    Raises
    ------
    ValueError
        If they do not die out within the search: an improper posterior, or an infinite variance.
    """
    low, high = -reach, reach
    # The highest values of any round: a finer one may step over a peak that a coarser one hit,
    # and the ends, which were low enough, must stay so.
    top = top_moment = -np.inf
    while True:
        u = np.linspace(low, high, 97)
        value = log_density(u)
        if np.isnan(value).any() or not np.isfinite(value.max()):
            raise ValueError(f"the log posterior density of {what} is not finite; check its prior")
        moment = value + 2.0 * log_scale(u)
        top, top_moment = max(top, value.max()), max(top_moment, moment.max())
        above = np.flatnonzero((value > top - DEPTH) | (moment > top_moment - DEPTH))
        first, last = above[0], above[-1]
        if first == 0 or last == u.size - 1:
            where, why = (
                ("lower", "are the data free of noise, or is its prior improper there?")
                if first == 0
                else ("upper", "give it a prior with lighter tails, on the scale of the data")
            )
            raise ValueError(
                f"the posterior of {what} does not die out toward its {where} end, so it is "
                f"improper or its variance is infinite: {why}"
            )
        narrower = float(u[first - 1]), float(u[last + 1])
        if narrower[1] - narrower[0] > 0.8 * (high - low):
            return *narrower, float(u[value.argmax()])
        low, high = narrower


def maximize(log_density: Callable[[Array], Array], low: float, high: float, shape: int) -> Array:
    """Largest value of each of several functions on ``[low, high]``, by zooming in.

    Parameters
    ----------
    log_density : callable
        Takes points of shape (shape, m), a row for each function, and returns their values.
    low, high : float
        Ends of the search, the same for every function.
    shape : int
        Number of functions.

    Returns
    -------
    array, shape (shape,)
    """
    start, width = np.full((shape, 1), low), np.full((shape, 1), high - low)
    steps = np.linspace(0.0, 1.0, 25)
    while True:
        points = start + width * steps
        value = log_density(points)
        best = value.argmax(axis=1)[:, None]
        if width.max() < 0.02:
            return np.take_along_axis(value, best, axis=1)[:, 0]
        below = np.maximum(best - 1, 0)
        above = np.minimum(best + 1, steps.size - 1)
        start, width = start + width * steps[below], width * (steps[above] - steps[below])
