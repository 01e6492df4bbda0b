"""What an answer is tried on: drawn when it is graded, so that nothing recorded earlier fits.

A challenge is a seed and what follows from it: the random points at which a model's density is
compared, fresh data for its builder, numbers for a function. Whoever judges evidence must know
the challenge it was gathered with; evidence of another challenge is refused.
"""

import secrets
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pooling.checks.density import Rows
from pooling.data import simulate_groups

Array = NDArray[np.float64]

POINTS = 12
_STEP = 0.7  # sd of the points around a model's start, in its unconstrained space
# The same, and their number: where a scale is next to nothing or huge, and a slope of ten or of
# thirty is not rare; and so far away that it shows how far a model's variables go at all.
_WIDE, _WIDE_POINTS = (5.0, 15.0), 24
_FAR, _FAR_POINTS = 100.0, 120
_FAR_OUT = 3.0  # of the largest value in fresh data
# More groups than the course has, by two at least, so that a number of them that is typed, or a
# remainder that is taken, shows and is not taken for one that is short by one; and fewer of them
# when some are taken away.
_MORE, _FEWER = (10, 11, 12, 13), (5, 6, 7)


@dataclass(frozen=True)
class Challenge:
    """A seed, and what follows from it.

    Attributes
    ----------
    seed : int
        From 0 to 2**63 - 1.
    fresh : bool
        Try a builder on fresh data instead of the course's.
    """

    seed: int
    fresh: bool = False

    @classmethod
    def draw(cls, fresh: bool = False) -> "Challenge":
        """Draw a challenge that nobody can foresee."""
        return cls(secrets.randbits(63), fresh)

    def _rng(self, purpose: int) -> np.random.Generator:
        return np.random.default_rng([self.seed, purpose])

    def steps(self, n_free: int) -> Array:
        """Steps from a model's start to the points it is tried at, shape (POINTS, n_free)."""
        return _STEP * self._rng(0).standard_normal((POINTS, n_free))

    def wide_steps(self, n_free: int) -> Array:
        """Steps to points where parameters have uncommon values, shape (w, n_free)."""
        steps = self._rng(5).standard_normal((len(_WIDE), _WIDE_POINTS, n_free))
        return np.concatenate([sd * step for sd, step in zip(_WIDE, steps, strict=True)])

    def far_steps(self, n_free: int) -> Array:
        """Steps that lead far away, shape (f, n_free)."""
        return _FAR * self._rng(4).standard_normal((_FAR_POINTS, n_free))

    def rows(self) -> Rows:
        """Fresh data: more groups, most often another bad one, rows in no order.

        One outcome and one x lie far out, for the sake of whoever deletes or clips such rows. The
        last row is of one of the first groups, and not of the last one, as where rows are in order.
        """
        rng = self._rng(1)
        n_groups = int(rng.choice(_MORE))
        bad = int(rng.integers(n_groups - 1))
        sizes = rng.integers(8, 16, n_groups)
        sizes[bad] = 4
        data = simulate_groups(
            int(rng.integers(2**31)), sizes=tuple(map(int, sizes)), outlier_group=bad
        )
        order = rng.permutation(data.groups.size)
        early = np.flatnonzero(data.groups[order] < min(_FEWER))[-1]
        order[[early, -1]] = order[[-1, early]]
        x, y = data.x[order], data.y[order]
        high, wide = rng.choice(order.size, 2, replace=False)
        y[high] = _FAR_OUT * np.abs(y).max()
        x[wide] = _FAR_OUT * np.abs(x).max()
        return Rows(data.groups[order], x, y)

    def gapped(self, rows: Rows) -> Rows:
        """The data that a builder was tried on, changed: the first group has no rows.

        Of fresh data the last groups have none either, so that there are fewer than the course
        has. The rows go to another group: their number stays, for whoever goes by it.
        """
        fewer = int(self._rng(6).choice(_FEWER)) if self.fresh else rows.n_groups
        stays = (rows.groups > 0) & (rows.groups < fewer)
        return Rows(np.where(stays, rows.groups, 1), rows.x.copy(), rows.y.copy())

    def n_groups(self) -> int:
        """Another number of groups than the course's, for a prior without data."""
        return int(self._rng(2).choice([3, 5, 12]))

    def slopes(self) -> tuple[Array, Array, float]:
        """Unpooled and partially pooled slopes, shape (7,) each, and a population slope.

        Of the seven, the first stayed, one moved away from the population, and one overshot it.
        """
        rng = self._rng(3)
        unpooled = rng.normal(2, 3, 7)
        population = float(rng.normal(2, 0.1))
        share = rng.uniform(0.1, 0.9, 7)
        share[:3] = 0.0, -0.3, 1.4
        return unpooled, unpooled + share * (population - unpooled), population
