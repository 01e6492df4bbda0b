"""The PyMC models: their names and shapes, and their log densities against plain sums."""

import numpy as np
import pymc as pm
import pytest
from numpy.testing import assert_allclose
from scipy import stats

from pooling import data, models

HIERARCHICAL = [models.build_hierarchical, models.build_non_centered, models.build_robust]
BUILDERS = [models.build_unpooled, models.build_pooled, *HIERARCHICAL]
# PyTensor keeps a Python number such as 20.0 in single precision, its logarithm too. Priors
# given as doubles show that it is this, and nothing else, which parts a model from plain sums.
STOCK, DOUBLE = 3e-7, 1e-11
HYPER = {
    "mu_slope": (np.float64(0.0), np.float64(1.0)),
    "sigma_slope_rate": np.float64(13.0),
    "noise_rate": np.float64(10.0),
}
FIXED = {"slope": (np.float64(0.0), np.float64(20.0)), "noise_rate": np.float64(10.0)}

rng = np.random.default_rng(8)


def rows(n_groups: int, n: int = 30):
    groups = np.append(np.arange(n_groups), rng.integers(0, n_groups, n - n_groups))
    x = rng.uniform(-1, 2, n)
    return groups, x, rng.normal(2 * x, 0.7)


def log_density(model: pm.Model, **values: np.ndarray | float) -> float:
    """Log joint density of a model's parameters and data, where its parameters have values."""
    return float(model.compile_logp(jacobian=False, mode="FAST_COMPILE")(at(model, **values)))


def at(model: pm.Model, **values: np.ndarray | float) -> dict:
    """A point of the model's own coordinates: scales go in as logarithms."""
    point = {}
    for variable in model.free_RVs:
        own = model.rvs_to_values[variable].name
        value = np.asarray(values[variable.name], dtype=float)
        point[own] = np.log(value) if own.endswith("_log__") else value
    return point


@pytest.mark.parametrize("build", BUILDERS)
def test_names_dims_and_observed_data(build):
    groups, x, y = rows(5)
    model = build(groups, x, y)
    names = {variable.name for variable in [*model.free_RVs, *model.deterministics]}
    expected = {"slope", "noise"}
    if build in HIERARCHICAL:
        expected |= {"mu_slope", "sigma_slope"}
    if build is models.build_non_centered:
        expected |= {"offset"}
    assert names == expected
    assert [variable.name for variable in model.observed_RVs] == ["obs"]
    assert_allclose(model.rvs_to_values[model["obs"]].data, y)
    assert_allclose(model.coords["group"], np.arange(5))
    assert_allclose(model.coords["row"], np.arange(30))
    dims = {} if build is models.build_pooled else {"slope": ("group",)}
    assert {k: v for k, v in model.named_vars_to_dims.items() if k != "offset"} == {
        **dims,
        "obs": ("row",),
    }


@pytest.mark.parametrize("n_groups", [1, 3, 8])
@pytest.mark.parametrize("build", BUILDERS)
def test_log_density_is_the_closed_form_sum(build, n_groups):
    groups, x, y = rows(n_groups)
    mu, sigma, noise = 1.4, 0.3, 0.6
    slope = rng.normal(2, 0.5, n_groups)
    offset = (slope - mu) / sigma
    hyper = stats.norm.logpdf(mu, 0.0, 1.0) + stats.expon.logpdf(sigma, scale=1 / 13)
    if build is models.build_unpooled:
        prior = stats.norm.logpdf(slope, 0.0, 20.0).sum()
    elif build is models.build_pooled:
        slope = slope[0]
        prior = stats.norm.logpdf(slope, 0.0, 20.0)
    elif build is models.build_non_centered:
        prior = hyper + stats.norm.logpdf(offset).sum()
    else:
        prior = hyper + stats.norm.logpdf(slope, mu, sigma).sum()
    center = np.broadcast_to(slope, n_groups)[groups] * x
    if build is models.build_robust:
        likelihood = stats.t.logpdf(y, 4, center, noise).sum()
    else:
        likelihood = stats.norm.logpdf(y, center, noise).sum()
    expected = prior + stats.expon.logpdf(noise, scale=1 / 10) + likelihood
    values = {"mu_slope": mu, "sigma_slope": sigma, "noise": noise, "slope": slope}
    double = dict(HYPER if build in HIERARCHICAL else FIXED)
    if build is models.build_robust:
        double["nu"] = np.float64(4.0)
    for priors, precision in (({}, STOCK), (double, DOUBLE)):
        found = log_density(build(groups, x, y, **priors), **values, offset=offset)
        assert_allclose(found, expected, rtol=precision)


def test_non_centered_is_the_same_joint_distribution():
    # The offsets stretch the slopes by sigma each, which is the difference in log density.
    groups, x, y = rows(6)
    for sigma in (0.01, 0.3, 2.0):
        slope = rng.normal(1.0, sigma, 6)
        values = {"mu_slope": 1.0, "sigma_slope": sigma, "noise": 0.5, "slope": slope}
        centered = log_density(models.build_hierarchical(groups, x, y, **HYPER), **values)
        values["offset"] = (slope - 1.0) / sigma
        non_centered = log_density(models.build_non_centered(groups, x, y, **HYPER), **values)
        assert_allclose(non_centered, centered + 6 * np.log(sigma), rtol=DOUBLE)


def test_the_offsets_make_the_slopes():
    groups, x, y = rows(4)
    model = models.build_non_centered(groups, x, y)
    offset = np.array([-1.0, 0.0, 0.5, 2.0])
    given = {model["mu_slope"]: 1.5, model["sigma_slope"]: 0.2, model["offset"]: offset}
    assert_allclose(model["slope"].eval(given), 1.5 + 0.2 * offset)


@pytest.mark.parametrize("build", HIERARCHICAL)
def test_priors_are_keywords(build):
    groups, x, y = rows(3)
    values = {"mu_slope": 1.0, "sigma_slope": 0.4, "noise": 0.5}
    values |= {"slope": np.array([1.0, 2.0, 3.0]), "offset": np.array([0.0, 1.0, -1.0])}
    stock = log_density(build(groups, x, y), **values)
    other = log_density(
        build(groups, x, y, mu_slope=(2.0, 3.0), sigma_slope_rate=1.0, noise_rate=2.0), **values
    )
    change = (
        stats.norm.logpdf(1.0, 2.0, 3.0)
        - stats.norm.logpdf(1.0, 0.0, 1.0)
        + stats.expon.logpdf(0.4)
        - stats.expon.logpdf(0.4, scale=1 / 13)
        + stats.expon.logpdf(0.5, scale=1 / 2)
        - stats.expon.logpdf(0.5, scale=1 / 10)
    )
    assert_allclose(other - stock, change, rtol=1e-6)


@pytest.mark.parametrize("build", [models.build_unpooled, models.build_pooled])
def test_fixed_priors_are_keywords(build):
    groups, x, y = rows(3)
    slope = np.array([1.0, 2.0, 3.0]) if build is models.build_unpooled else np.array(1.0)
    stock = log_density(build(groups, x, y), slope=slope, noise=0.5)
    other = log_density(
        build(groups, x, y, slope=(1.0, 2.0), noise_rate=2.0), slope=slope, noise=0.5
    )
    change = (
        (stats.norm.logpdf(slope, 1.0, 2.0) - stats.norm.logpdf(slope, 0.0, 20.0)).sum()
        + stats.expon.logpdf(0.5, scale=1 / 2)
        - stats.expon.logpdf(0.5, scale=1 / 10)
    )
    assert_allclose(other - stock, change, rtol=1e-6)


def test_degrees_of_freedom_are_a_keyword():
    groups, x, y = rows(2)
    values = {"mu_slope": 1.0, "sigma_slope": 0.4, "noise": 0.5, "slope": np.array([1.0, 2.0])}
    found = [log_density(models.build_robust(groups, x, y, nu=nu), **values) for nu in (4.0, 9.0)]
    center = values["slope"][groups] * x
    expected = [stats.t.logpdf(y, nu, center, 0.5).sum() for nu in (4.0, 9.0)]
    assert_allclose(np.diff(found), np.diff(expected), rtol=1e-6)


@pytest.mark.parametrize("build", BUILDERS)
def test_bad_rows_are_refused(build):
    with pytest.raises(ValueError, match="one length"):
        build([0, 1], [1.0, 2.0], [1.0])
    with pytest.raises(ValueError, match="y must be finite; row 1"):
        build([0, 1], [1.0, 2.0], [1.0, np.nan])


def test_lists_and_float_groups_will_do():
    course = data.load_groups()
    model = models.build_unpooled(list(course.groups.astype(float)), list(course.x), list(course.y))
    assert model.coords["group"] is not None
    assert model.initial_point()["slope"].shape == (8,)
