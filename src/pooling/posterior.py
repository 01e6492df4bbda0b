"""The integral over the scales, and the posterior that comes of it.

`integrate` lays a grid over the one or two scales that are left when everything normal has been
integrated out (`pooling.conditional`), and doubles it until halving changes nothing. So every
marginal of the locations is a mixture of normals, one for each node of the grid.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pooling.conditional import Given
from pooling.marginals import Marginal, Mixture, Scale, Vector, cdf_change, moment_change
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

if TYPE_CHECKING:
    import xarray as xr

Array = NDArray[np.float64]

TOLERANCE = 1e-8  # of means, sds and quantiles, in posterior sds; ten times that at the worst
_REACH = 5.3  # of the search on a line: sinh(5.3) = 100, a hundred natural logarithms each way
_MOST_NODES = 400_000
_ROWS = 10_000  # draws at a time


@dataclass(frozen=True)
class Integrand:
    """The joint log density of the scales, on one line for each."""

    given: Callable[[Mapping[str, Array]], Given]
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

    def __call__(self, *lines: Array) -> tuple[Array, Given]:
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


def integrate(
    given: Callable[[Mapping[str, Array]], Given],
    priors: Mapping[str, Any],
    start: Mapping[str, float],
    slope_name: str,
    mu_name: str | None,
) -> "Posterior":
    """Lay a grid over the scales and double it until halving it changes nothing."""
    supports = {k: find_support(v) for k, v in priors.items()}
    supports = {
        k: replace(v, center=np.log(start[k])) if np.isinf(v.high) else v
        for k, v in supports.items()
    }
    rough = Integrand(given, priors, supports)
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

    integrand: Integrand
    lines: tuple[Array, ...]
    log_joint: Array
    given: Given
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
            return Scale(self.integrand.supports[name], density)
        # Nodes past the depth of the grid's edges carry nothing.
        kept = weight > np.exp(-2 * DEPTH)
        weight, given = weight[kept], self.given[every][kept]
        if name == self.mu_name:
            return Mixture(weight, given.mu_mean, given.mu_sd)
        pairs = zip(given.slope_mean.T, given.slope_sd.T, strict=True)
        return Vector([Mixture(weight, mean, sd) for mean, sd in pairs])

    def halving_error(self, axis: int, names: tuple[str, ...]) -> float:
        """Largest change in these marginals when every second node of one line is dropped."""
        pairs = [(self._marginal(name, axis), self[name]) for name in names]
        # The moments first: they are cheap, and settle most grids that are too coarse.
        error = max(moment_change(*pair) for pair in pairs)
        return error if error > TOLERANCE else max(error, *(cdf_change(*p) for p in pairs))

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

    def _rest(self, first: Array) -> tuple[Array, Given]:
        """Weights of the second scale's nodes when the first scale is held at these values."""
        if len(self.scales) == 1:
            given = self.integrand.given({self.scales[0]: first[:, None]})
            return np.ones((first.size, 1)), given

        name, line = self.scales[1], self.lines[1]
        support = self.integrand.supports[name]

        def joint(u: Array) -> tuple[Array, Given]:
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

    def draws(self, draws: int = 1000, chains: int = 4, seed: Any = None) -> "xr.DataTree":
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
        import xarray as xr  # costs a second, and only draws need it

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
