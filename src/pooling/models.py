"""The course's models in PyMC, as functions of the data.

Every builder takes ``(groups, x, y)`` and gives a model whose variables carry the names of the
course: ``slope``, ``noise`` and ``obs``, and where there are hyperpriors ``mu_slope`` and
``sigma_slope``. The priors are keywords; their defaults are those of the story. PyMC's
``Exponential`` takes a rate: ``Exponential(13)`` has mean 1/13.

The dimension ``group`` labels the slopes in every plot and table.
"""

from typing import Any

import numpy as np
import pymc as pm
from numpy.typing import ArrayLike

from pooling.data import as_rows


def build_unpooled(
    groups: ArrayLike,
    x: ArrayLike,
    y: ArrayLike,
    *,
    slope: tuple[float, float] = (0.0, 20.0),
    noise_rate: float = 10.0,
) -> pm.Model:
    """No pooling: each group's slope has the same fixed prior and learns from its own rows.

    Parameters
    ----------
    groups : array of int, shape (n,)
        Group of each row, from 0.
    x, y : array, shape (n,)
    slope : (mean, sd)
        Normal prior of every slope.
    noise_rate : float
        Rate of the Exponential prior of the noise sd.

    Returns
    -------
    pymc.Model
        With ``slope`` (one for each group), ``noise`` and ``obs``.

    Raises
    ------
    ValueError
        If the arrays are not rows of one grouped data set.
    """
    groups, x, y = as_rows(groups, x, y)
    with pm.Model(coords=_coords(groups)) as model:
        slope_ = pm.Normal("slope", *slope, dims="group")
        noise = pm.Exponential("noise", noise_rate)
        pm.Normal("obs", slope_[groups] * x, noise, observed=y, dims="row")
    return model


def build_pooled(
    groups: ArrayLike,
    x: ArrayLike,
    y: ArrayLike,
    *,
    slope: tuple[float, float] = (0.0, 20.0),
    noise_rate: float = 10.0,
) -> pm.Model:
    """Complete pooling: one slope for all rows, whatever their group.

    Parameters
    ----------
    groups, x, y, slope, noise_rate
        As in `build_unpooled`.

    Returns
    -------
    pymc.Model
        With a scalar ``slope``, ``noise`` and ``obs``.

    Raises
    ------
    ValueError
        If the arrays are not rows of one grouped data set.
    """
    groups, x, y = as_rows(groups, x, y)
    with pm.Model(coords=_coords(groups)) as model:
        slope_ = pm.Normal("slope", *slope)
        noise = pm.Exponential("noise", noise_rate)
        pm.Normal("obs", slope_ * x, noise, observed=y, dims="row")
    return model


def build_hierarchical(
    groups: ArrayLike,
    x: ArrayLike,
    y: ArrayLike,
    *,
    mu_slope: tuple[float, float] = (0.0, 1.0),
    sigma_slope_rate: float = 13.0,
    noise_rate: float = 10.0,
) -> pm.Model:
    """Partial pooling: the slopes' mean and sd are learned as well. Centered, as in the source.

    Parameters
    ----------
    groups : array of int, shape (n,)
        Group of each row, from 0.
    x, y : array, shape (n,)
    mu_slope : (mean, sd)
        Normal hyperprior of the slopes' mean.
    sigma_slope_rate, noise_rate : float
        Rates of the Exponential priors of the slopes' sd and of the noise sd.

    Returns
    -------
    pymc.Model
        With ``mu_slope``, ``sigma_slope``, ``slope`` (one for each group), ``noise``, ``obs``.

    Raises
    ------
    ValueError
        If the arrays are not rows of one grouped data set.

    References
    ----------
    .. [1] R. Kübler, "Bayesian Hierarchical Modeling in PyMC3", Towards Data Science (2022).
    """
    groups, x, y = as_rows(groups, x, y)
    with pm.Model(coords=_coords(groups)) as model:
        mu, sigma = _hyperpriors(mu_slope, sigma_slope_rate)
        slope = pm.Normal("slope", mu, sigma, dims="group")
        noise = pm.Exponential("noise", noise_rate)
        pm.Normal("obs", slope[groups] * x, noise, observed=y, dims="row")
    return model


def build_non_centered(
    groups: ArrayLike,
    x: ArrayLike,
    y: ArrayLike,
    *,
    mu_slope: tuple[float, float] = (0.0, 1.0),
    sigma_slope_rate: float = 13.0,
    noise_rate: float = 10.0,
) -> pm.Model:
    """Partial pooling again, the same joint distribution, with standard normal offsets.

    Each slope is ``mu_slope + sigma_slope * offset``: the sampler moves in the offsets, whose
    width does not depend on sigma_slope.

    Parameters
    ----------
    groups, x, y, mu_slope, sigma_slope_rate, noise_rate
        As in `build_hierarchical`.

    Returns
    -------
    pymc.Model
        With the variables of `build_hierarchical` and ``offset`` (one for each group).

    Raises
    ------
    ValueError
        If the arrays are not rows of one grouped data set.

    References
    ----------
    .. [1] M. Betancourt and M. Girolami, "Hamiltonian Monte Carlo for hierarchical models", in
       "Current Trends in Bayesian Methodology with Applications" (2015).
    """
    groups, x, y = as_rows(groups, x, y)
    with pm.Model(coords=_coords(groups)) as model:
        mu, sigma = _hyperpriors(mu_slope, sigma_slope_rate)
        offset = pm.Normal("offset", 0.0, 1.0, dims="group")
        # PyMC's own annotation is too wide: what it returns can be indexed like any tensor.
        slope: Any = pm.Deterministic("slope", mu + sigma * offset, dims="group")
        noise = pm.Exponential("noise", noise_rate)
        pm.Normal("obs", slope[groups] * x, noise, observed=y, dims="row")
    return model


def build_robust(
    groups: ArrayLike,
    x: ArrayLike,
    y: ArrayLike,
    *,
    nu: float = 4.0,
    mu_slope: tuple[float, float] = (0.0, 1.0),
    sigma_slope_rate: float = 13.0,
    noise_rate: float = 10.0,
) -> pm.Model:
    """Partial pooling with a Student-t likelihood, which expects an outlier now and then.

    Parameters
    ----------
    groups, x, y, mu_slope, sigma_slope_rate, noise_rate
        As in `build_hierarchical`; ``noise`` is now the scale of the Student-t, whose sd is
        ``noise * sqrt(nu / (nu - 2))``.
    nu : float
        Degrees of freedom.

    Returns
    -------
    pymc.Model
        With the variables of `build_hierarchical`.

    Raises
    ------
    ValueError
        If the arrays are not rows of one grouped data set.
    """
    groups, x, y = as_rows(groups, x, y)
    with pm.Model(coords=_coords(groups)) as model:
        mu, sigma = _hyperpriors(mu_slope, sigma_slope_rate)
        slope = pm.Normal("slope", mu, sigma, dims="group")
        noise = pm.Exponential("noise", noise_rate)
        pm.StudentT("obs", nu=nu, mu=slope[groups] * x, sigma=noise, observed=y, dims="row")
    return model


def _coords(groups: np.ndarray) -> dict:
    return {"group": np.arange(groups.max() + 1), "row": np.arange(groups.size)}


def _hyperpriors(mu_slope: tuple[float, float], sigma_slope_rate: float):
    return (
        pm.Normal("mu_slope", *mu_slope),
        pm.Exponential("sigma_slope", sigma_slope_rate),
    )
