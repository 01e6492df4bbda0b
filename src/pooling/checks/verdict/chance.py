"""How far chance alone may carry random draws from their distribution."""

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom

Array = NDArray[np.float64]

#: Chance of failing a right set of independent draws, for each of the statistics looked at.
CHANCE = 1e-6


def kolmogorov(u: Array) -> float:
    """Largest distance between the empirical cdf of values in [0, 1] and the uniform one."""
    u = np.sort(u)
    steps = np.arange(1, u.size + 1) / u.size
    return float(max((steps - u).max(), (u - steps + 1 / u.size).max()))


def allowed_distance(n: int, alike: int = 1) -> float:
    """Kolmogorov distance that n right draws stay under (Dvoretzky, Kiefer, Wolfowitz, Massart).

    So many statistics of one kind, such as all pairs, share one chance.
    """
    return float(np.sqrt(np.log(2 * alike / CHANCE) / (2 * n)))


def by_chance(share: float, probability: float, n: int) -> bool:
    """Could n independent draws of an event of this probability give this share of them?"""
    count = round(share * n)
    tail = min(binom.cdf(count, n, probability), binom.sf(count - 1, n, probability))
    return bool(tail > CHANCE / 2)
