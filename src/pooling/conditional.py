"""The linear Gaussian part: everything that is normal once the scales are given.

Given sigma_slope and noise, mu_slope and the slopes integrate out in closed form. All that the
data say enters by a few sums for each group, `Sums`; what comes out is a `Given`.

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

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pooling.data import as_rows

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Given:
    """What the linear Gaussian model says once the scales are given.

    Leading axes are those of the scales; the last axis of the slopes is the group.
    """

    log_marginal: Array
    mu_mean: Array
    mu_sd: Array
    tau: Array  # sd of the slopes about mu
    estimate: Array  # of each slope by its own group, shape (J,)
    pull: Array  # weight of mu in each slope's mean, 1 - w

    def __getitem__(self, index: Any) -> "Given":
        """The same at some of the nodes."""
        return Given(
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


def condition(
    b: Array, p: Array, tau: Array, mean: float, sd: float, constant: Array | float
) -> Given:
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
    return Given(log_marginal, mu, np.sqrt(variance), tau, b, pull)


@dataclass(frozen=True)
class Sums:
    """All that the data tell about slopes and noise: a few sums for each group."""

    n: int
    sxx: Array
    estimate: Array
    residual: float

    @classmethod
    def of(cls, groups: ArrayLike, x: ArrayLike, y: ArrayLike) -> "Sums":
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

    def condition(self, tau: Array, noise: Array, mean: float, sd: float) -> Given:
        precision = self.sxx / noise[..., None] ** 2
        constant = -self.n * (0.5 * np.log(2 * np.pi) + np.log(noise))
        constant -= 0.5 * self.residual / noise**2
        return condition(self.estimate, precision, tau, mean, sd, constant)
