"""Draws from the hierarchical prior, right ones and such with another mu or sigma_slope."""

import numpy as np


def prior(n=5000, mu=None, sigma=None, seed=0):
    rng = np.random.default_rng(seed)
    mu = rng.normal(0, 1, (n, 1)) if mu is None else mu(rng, n)
    sigma = rng.exponential(1 / 13, (n, 1)) if sigma is None else sigma(rng, n)
    return rng.normal(mu, sigma, (n, 8))
