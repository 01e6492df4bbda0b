"""The exact posterior, against integrals done another way, a sampler and published values."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import arviz as az
import numpy as np
import pymc as pm
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy import integrate, stats
from scipy.special import logsumexp, ndtr

from pooling import data, exact, models

QUANTILES = np.array([0.01, 0.03, 0.25, 0.5, 0.75, 0.97, 0.99])
EIGHT_SCHOOLS = [28, 8, -3, 7, -1, 1, 18, 12], [15, 10, 16, 11, 9, 11, 10, 18]


def load(name: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rows = data.load_groups(name)
    return rows.groups, rows.x, rows.y


@pytest.fixture(scope="module")
def course() -> exact.Posterior:
    return exact.hierarchical(*load("course"))


@pytest.fixture(scope="module")
def stubborn() -> exact.Posterior:
    return exact.hierarchical(*load("stubborn"))


# --- a reference: the same posterior by other formulas and another rule ---------------------------


@dataclass
class Reference:
    """The hierarchical model on a product of Gauss-Legendre panels, by matrix algebra.

    Given the scales, all slopes and their mean are one multivariate normal, and so are the
    groups' own estimates: what is used of it is the textbook formula of conditioning. The panels
    break at the quantiles under test, so that a cdf there is a sum of whole panels.
    """

    weight: np.ndarray  # (panels and nodes of sigma_slope, of noise), normalized
    sigma: np.ndarray
    noise: np.ndarray
    mean: np.ndarray  # (..., J + 1): mu_slope first
    sd: np.ndarray
    log_evidence: float

    def cdf(self, parameter: int, value: float) -> float:
        return float((self.weight * ndtr(self._z(parameter, value))).sum())

    def pdf(self, parameter: int, value: float) -> float:
        density = stats.norm.pdf(self._z(parameter, value)) / self.sd[..., parameter]
        return float((self.weight * density).sum())

    def _z(self, parameter: int, value: float) -> np.ndarray:
        return (value - self.mean[..., parameter]) / self.sd[..., parameter]


def panels(edges: np.ndarray, nodes: int) -> tuple[np.ndarray, np.ndarray]:
    """Nodes and weights of a Gauss-Legendre rule on each interval between neighboring edges."""
    z, w = np.polynomial.legendre.leggauss(nodes)
    middle, half = (edges[1:] + edges[:-1]) / 2, np.diff(edges) / 2
    return (middle[:, None] + half[:, None] * z).ravel(), (half[:, None] * w).ravel()


def conditional(groups, x, y, mu_slope, sigma, noise):
    """Log likelihood, means and sds of (mu_slope, slopes) given the scales (any shape)."""
    n_groups, (m, s) = groups.max() + 1, mu_slope
    sxx = np.array([(x[groups == j] ** 2).sum() for j in range(n_groups)])
    b = np.array([(x * y)[groups == j].sum() for j in range(n_groups)]) / sxx
    residual = ((y - b[groups] * x) ** 2).sum()
    # Covariance of the slopes, of mu_slope with the slopes, and of the estimates b.
    slopes = s**2 + sigma[..., None, None] ** 2 * np.eye(n_groups)
    both = np.concatenate([np.full((*sigma.shape, 1, n_groups), s**2), slopes], axis=-2)
    spread = slopes + (noise[..., None, None] ** 2 / sxx) * np.eye(n_groups)
    gain = np.swapaxes(np.linalg.solve(spread, np.swapaxes(both, -1, -2)), -1, -2)
    mean = m + gain @ (b - m)
    prior = np.append(s**2, np.zeros(n_groups)) + np.append(0.0, np.ones(n_groups)) * (
        s**2 + sigma[..., None] ** 2
    )
    sd = np.sqrt(prior - (gain * both).sum(-1))
    misfit = (
        (b - m)
        * np.linalg.solve(spread, np.broadcast_to(b - m, (*sigma.shape, n_groups))[..., None])[
            ..., 0
        ]
    ).sum(-1)
    log_likelihood = (
        -0.5 * (np.linalg.slogdet(spread)[1] + misfit + n_groups * np.log(2 * np.pi))
        - 0.5 * (groups.size - n_groups) * np.log(2 * np.pi)
        - (groups.size - n_groups) * np.log(noise)
        - 0.5 * np.log(sxx).sum()
        - 0.5 * residual / noise**2
    )
    return log_likelihood, mean, sd


def reference(posterior, rows, mu_slope, log_prior: Callable, ends) -> Reference:
    """Integrate over panels that break at the quantiles of the posterior under test."""
    lines = []
    for name, (low, high), nodes in zip(("sigma_slope", "noise"), ends, (60, 24), strict=True):
        breaks = np.concatenate([[low], posterior[name].quantile(QUANTILES), [high]])
        # Each panel in two, by the logarithm, which the integrand is smooth in.
        edges = np.interp(
            np.arange(0, breaks.size - 0.5, 0.5), np.arange(breaks.size), np.log(breaks)
        )
        lines.append(panels(edges, nodes))
    (u, du), (v, dv) = lines
    sigma, noise = np.broadcast_arrays(np.exp(u)[:, None], np.exp(v))
    groups, x, y = rows
    log_likelihood, mean, sd = conditional(groups, x, y, mu_slope, sigma, noise)
    log_joint = log_likelihood + log_prior(sigma, noise) + u[:, None] + v
    log_weight = log_joint + np.log(du)[:, None] + np.log(dv)
    log_evidence = float(np.asarray(logsumexp(log_weight)))
    return Reference(np.exp(log_weight - log_evidence), sigma, noise, mean, sd, log_evidence)


SMALL = np.random.default_rng(11)
SMALL_ROWS = (
    np.repeat(np.arange(3), [5, 4, 3]),
    SMALL_X := SMALL.uniform(0, 2, 12),
    SMALL.normal(1.5 * SMALL_X, 0.4),
)
STORY = ((0.0, 1.0), exact.exponential(13), exact.exponential(10))
CASES: dict[str, tuple[Any, Any, Any]] = {
    # rows, (prior of mu_slope, sigma_slope, noise), ends of the reference's panels
    "course": (load("course"), STORY, ((1e-12, 4.0), (0.3, 0.9))),
    "stubborn": (load("stubborn"), STORY, ((1e-12, 6.0), (0.2, 0.8))),
    "few rows": (
        SMALL_ROWS,
        ((1.0, 2.0), exact.half_normal(0.5), stats.invgamma(3, scale=1)),
        ((1e-12, 4.5), (0.03, 60.0)),
    ),
    "between ends": (
        SMALL_ROWS,
        ((0.0, 10.0), exact.uniform(0.05, 2), exact.uniform(0.0, 3.0)),
        ((0.05, 2.0), (0.03, 3.0)),
    ),
}


@pytest.fixture(scope="module", params=list(CASES))
def pair(request) -> tuple[exact.Posterior, Reference]:
    rows, (mu, sigma, noise), ends = CASES[request.param]
    posterior = exact.hierarchical(*rows, mu_slope=mu, sigma_slope=sigma, noise=noise)
    log_sigma, log_noise = (getattr(prior, "logpdf", prior) for prior in (sigma, noise))
    log_prior = lambda s, n: log_sigma(s) + log_noise(n)  # noqa: E731
    return posterior, reference(posterior, rows, mu, log_prior, ends)


def test_the_reference_is_the_multivariate_normal_of_the_rows():
    groups, x, y = SMALL_ROWS
    same = groups[:, None] == groups
    for sigma, noise in [(1e-6, 0.3), (0.2, 0.5), (3.0, 2.0)]:
        # y = x (mu + deviation) + error, so the rows are one normal vector.
        cov = np.outer(x, x) * (4.0 + sigma**2 * same) + noise**2 * np.eye(x.size)
        expected = stats.multivariate_normal(1.0 * x, cov).logpdf(y)
        found, _, _ = conditional(*SMALL_ROWS, (1.0, 2.0), np.array(sigma), np.array(noise))
        assert_allclose(found, expected, rtol=1e-11)


def test_means_and_sds_match_the_reference(pair):
    posterior, ref = pair
    mean = np.einsum("ab,abp->p", ref.weight, ref.mean)
    sd = np.sqrt(np.einsum("ab,abp->p", ref.weight, ref.sd**2 + (ref.mean - mean) ** 2))
    found = [np.append(posterior["mu_slope"].mean, posterior["slope"].mean)]
    found.append(np.append(posterior["mu_slope"].sd, posterior["slope"].sd))
    assert_allclose(found, [mean, sd], rtol=1e-6)
    for name, value in (("sigma_slope", ref.sigma), ("noise", ref.noise)):
        mean = (ref.weight * value).sum()
        sd = np.sqrt((ref.weight * (value - mean) ** 2).sum())
        assert_allclose([posterior[name].mean, posterior[name].sd], [mean, sd], rtol=1e-6)
    assert_allclose(posterior.log_evidence, ref.log_evidence, atol=1e-6)


def test_quantiles_of_locations_match_the_reference(pair):
    posterior, ref = pair
    slopes = posterior["slope"].quantile(QUANTILES)
    for parameter, values in enumerate([posterior["mu_slope"].quantile(QUANTILES), *slopes]):
        # An error of the cdf is one of the quantile, divided by the density.
        for q, value in zip(QUANTILES, values, strict=True):
            error = (ref.cdf(parameter, value) - q) / ref.pdf(parameter, value)
            assert abs(error) < 1e-6 * abs(value)


def test_quantiles_of_scales_match_the_reference(pair):
    posterior, ref = pair
    for axis, name in enumerate(("sigma_slope", "noise")):
        mass = ref.weight.sum(axis=1 - axis).reshape(QUANTILES.size + 1, -1).sum(axis=1)
        values = posterior[name].quantile(QUANTILES)
        error = (np.cumsum(mass)[:-1] - QUANTILES) / posterior[name].pdf(values)
        assert (np.abs(error) < 1e-6 * values).all()


def test_densities_match_the_reference(pair):
    posterior, ref = pair
    mu, slope = posterior["mu_slope"], posterior["slope"]
    at = mu.mean + mu.sd * np.array([-3.0, -1.0, 0.5, 2.0])
    assert_allclose(mu.pdf(at), [ref.pdf(0, v) for v in at], rtol=1e-6)
    at = slope.mean + slope.sd * 0.7
    assert_allclose(slope.pdf(at), [ref.pdf(j + 1, v) for j, v in enumerate(at)], rtol=1e-6)


def test_the_error_is_a_bound(pair):
    posterior, ref = pair
    assert 0 < posterior.error < 2e-7
    mean = np.einsum("ab,abp->p", ref.weight, ref.mean)
    sd = np.sqrt(np.einsum("ab,abp->p", ref.weight, ref.sd**2 + (ref.mean - mean) ** 2))
    found = np.append(posterior["mu_slope"].mean, posterior["slope"].mean)
    assert (np.abs(found - mean) <= sd * (posterior.error + 1e-11)).all()


@pytest.mark.parametrize("name", ["course", "stubborn"])
def test_slopes_given_sigma_match_the_reference(name):
    # The stubborn data rule out a sigma of zero, where the noise would have to be larger.
    sigma = np.array([0.0, 1e-3, 0.05, 0.3, 2.0, 50.0])
    v, dv = panels(np.log([0.1, 0.2, 0.3, 0.4, 0.6, 1.0, 3.0]), 60)
    held, noise = np.broadcast_arrays(sigma[:, None], np.exp(v))
    log_likelihood, mean, sd = conditional(*load(name), (0.0, 1.0), held, noise)
    weight = (
        np.exp(log_likelihood - log_likelihood.max(axis=1, keepdims=True) - 10 * noise + v) * dv
    )
    weight = (weight / weight.sum(axis=1, keepdims=True))[..., None]
    expected = (weight * mean).sum(axis=1)[:, 1:]
    spread = (weight * (sd**2 + (mean - (weight * mean).sum(axis=1)[:, None]) ** 2)).sum(axis=1)
    found = exact.hierarchical(*load(name)).slopes_given_sigma(sigma)
    assert_allclose(found[0], expected, rtol=1e-7)
    assert_allclose(found[1], np.sqrt(spread)[:, 1:], rtol=1e-7)


def test_slopes_given_a_sigma_that_the_data_rule_out():
    # With one slope for all, these two groups take a noise of about 2 instead of 0.1.
    rng = np.random.default_rng(4)
    groups, x = np.repeat([0, 1], [150, 50]), rng.uniform(0.5, 1.5, 200)
    y = rng.normal(np.array([-2.0, 3.0])[groups] * x, 0.1)
    posterior = exact.hierarchical(
        groups, x, y, sigma_slope=exact.half_normal(3), noise=exact.half_normal(1)
    )
    means, sds = posterior.slopes_given_sigma([0.0, 3.0])
    for sigma, mean, sd in zip((0.0, 3.0), means, sds, strict=True):
        v, dv = panels(np.log([0.05, 0.08, 0.1, 0.12, 0.2, 1.0, 2.0, 3.0, 6.0]), 60)
        held, noise = np.broadcast_arrays(sigma, np.exp(v))
        log_likelihood, m, s = conditional(groups, x, y, (0.0, 1.0), held, noise)
        log_density = log_likelihood - noise**2 / 2 + v
        weight = np.exp(log_density - log_density.max()) * dv
        weight /= weight.sum()
        expected = weight @ m
        assert_allclose(mean, expected[1:], rtol=1e-7)
        assert_allclose(sd, np.sqrt(weight @ (s**2 + (m - expected) ** 2))[1:], rtol=1e-7)


# --- the other two models, by adaptive quadrature -------------------------------------------------


def test_unpooled_matches_adaptive_quadrature():
    groups, x, y = load("course")
    posterior = exact.unpooled(groups, x, y)
    sxx, sxy = (np.bincount(groups, weights) for weights in (x * x, x * y))

    def joint(noise: float) -> np.ndarray:
        """Density of the noise, then that times the first and second moments of the slopes."""
        variance = 1 / (sxx / noise**2 + 1 / 20**2)
        mean = variance * sxy / noise**2
        log_density = (
            0.5 * np.log(variance).sum()
            + 0.5 * (mean**2 / variance).sum()
            - 0.5 * (y @ y) / noise**2
            - (groups.size) * np.log(noise)
            - 10 * noise
        )
        return np.exp(log_density + 20) * np.concatenate([[1, noise], mean, variance + mean**2])

    total, _ = integrate.quad_vec(joint, 0.3, 0.8, epsabs=0, epsrel=1e-12)
    noise, mean, square = total[1] / total[0], total[2:10] / total[0], total[10:] / total[0]
    slope = posterior["slope"]
    assert_allclose(posterior["noise"].mean, noise, rtol=1e-8)
    assert_allclose(slope.mean, mean, rtol=1e-8)
    assert_allclose(slope.sd, np.sqrt(square - mean**2), rtol=1e-6)


@pytest.mark.parametrize(
    ("mu", "tau", "same", "end"),
    [
        ((0.0, 5.0), exact.half_cauchy(5), stats.halfcauchy(scale=5), np.inf),
        ((0.0, np.inf), exact.uniform(0, 40), stats.uniform(0, 40), 40.0),
        ((3.0, 20.0), exact.half_normal(10), stats.halfnorm(scale=10), np.inf),
        ((0.0, np.inf), stats.gamma(2, scale=3), stats.gamma(2, scale=3), np.inf),
    ],
)
def test_meta_analysis_matches_adaptive_quadrature(mu, tau, same, end):
    estimates, errors = map(np.array, EIGHT_SCHOOLS)
    posterior = exact.meta_analysis(estimates, errors, mu=mu, tau=tau)
    m, s = mu
    level = 1 / s**2  # zero when flat

    def joint(t: float) -> np.ndarray:
        """Density of tau, then that times first and second moments of tau, mu and thetas."""
        variance = errors**2 + t**2
        mu_variance = 1 / (level + (1 / variance).sum())
        mu_mean = mu_variance * (m * level + (estimates / variance).sum())
        misfit = ((estimates - mu_mean) ** 2 / variance).sum() + level * (mu_mean - m) ** 2
        log_density = 0.5 * np.log(mu_variance) - 0.5 * np.log(variance).sum() - 0.5 * misfit
        share = t**2 / variance
        theta = share * estimates + (1 - share) * mu_mean
        theta_variance = share * errors**2 + (1 - share) ** 2 * mu_variance
        first = np.concatenate([[t, mu_mean], theta])
        second = np.concatenate([[t**2, mu_variance + mu_mean**2], theta_variance + theta**2])
        return np.exp(log_density + same.logpdf(t) + 25) * np.concatenate([[1], first, second])

    total, _ = integrate.quad_vec(joint, 0.0, end, epsabs=0, epsrel=1e-11)
    mean, square = total[1:11] / total[0], total[11:] / total[0]
    found = [posterior["tau"], posterior["mu"], posterior["theta"]]
    assert_allclose(np.concatenate([np.atleast_1d(f.mean) for f in found]), mean, rtol=1e-7)
    sd = np.sqrt(square - mean**2)
    assert_allclose(np.concatenate([np.atleast_1d(f.sd) for f in found]), sd, rtol=1e-6)
    for value in posterior["tau"].quantile(QUANTILES):
        below, _ = integrate.quad_vec(lambda t: joint(t)[:1], 0, value, epsabs=0, epsrel=1e-11)
        error = posterior["tau"].cdf(value) - below[0] / total[0]
        assert abs(error / posterior["tau"].pdf(value)) < 1e-6 * value


def test_heavy_tails_keep_their_sd():
    # Three estimates under a half-Cauchy: tau has a posterior density like tau^-4, so a millionth
    # of its variance lies past 1e5 sds.
    b = np.array([1.0, 2.0, 4.0])
    posterior = exact.meta_analysis(b, np.ones(3), tau=exact.half_cauchy(5))

    def joint(t: float) -> np.ndarray:
        v = 1 + t**2
        density = np.exp(-0.5 * ((b - b.mean()) ** 2).sum() / v) / v / (1 + (t / 5) ** 2)
        return density * np.array([1, t, t**2])

    total, _ = integrate.quad_vec(joint, 0, np.inf, epsabs=0, epsrel=1e-12)
    assert_allclose(posterior["tau"].mean, total[1] / total[0], rtol=1e-8)
    sd = np.sqrt(total[2] / total[0] - (total[1] / total[0]) ** 2)
    assert_allclose(posterior["tau"].sd, sd, rtol=1e-6)


# --- published values and a sampler ---------------------------------------------------------------


def test_eight_schools_agree_with_posteriordb():
    # posteriordb (github.com/stan-dev/posteriordb, commit 28f8d3d), reference posterior
    # eight_schools-eight_schools_noncentered: mu ~ Normal(0, 5), tau ~ half-Cauchy(5); means and
    # means of squares of 10,000 draws with their MCSE, in the order theta[1..8], mu, tau.
    mean = [6.15050229334425, 4.9395811407422, 3.90590609001582, 4.79601675138494, 3.6144363246799]
    mean += [
        4.0511475789675,
        6.31716975886893,
        4.88399694353288,
        4.41051833695493,
        3.60205952364059,
    ]
    mcse = [0.0557375282295219, 0.0462293788624847, 0.0542313705632124, 0.0474935816762281]
    mcse += [0.0461450610244603, 0.0485195392528031, 0.0498766794075794, 0.0542511606560972]
    mcse += [0.0330374705950917, 0.0318615135640706]
    square = [69.36345, 45.9787, 43.13923, 45.76135, 34.35767, 39.4135, 64.93269, 52.12845]
    square += [30.40302, 23.20407]
    square_mcse = [1.1692102, 0.6346494, 0.6539418, 0.6193689, 0.4550489, 0.5390213, 0.9216132]
    square_mcse += [0.9024748, 0.3351356, 0.4848872]
    posterior = exact.meta_analysis(*EIGHT_SCHOOLS, mu=(0.0, 5.0), tau=exact.half_cauchy(5))
    found = [posterior["theta"], posterior["mu"], posterior["tau"]]
    exact_mean = np.concatenate([np.atleast_1d(f.mean) for f in found])
    exact_sd = np.concatenate([np.atleast_1d(f.sd) for f in found])
    assert (np.abs(exact_mean - mean) < 3 * np.array(mcse)).all()
    assert (np.abs(exact_sd**2 + exact_mean**2 - square) < 3 * np.array(square_mcse)).all()


def test_nuts_agrees_within_its_standard_errors(course):
    model = models.build_non_centered(*load("course"))
    trace = pm.sample(
        5000, chains=4, model=model, target_accept=0.95, random_seed=7, progressbar=False
    )
    for name in course.parameters:
        draws, marginal = trace["posterior"][name], course[name]
        error = np.abs(draws.mean(("chain", "draw")) - marginal.mean)
        assert (error < 4 * az.mcse(draws, method="mean")).all(), name
        for q in (0.05, 0.5, 0.95):
            error = np.abs(draws.quantile(q, ("chain", "draw")) - marginal.quantile(q))
            assert (error < 4 * az.mcse(draws, method="quantile", prob=q)).all(), (name, q)


# --- priors and data of all kinds -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("named", "others"),
    [
        (exact.exponential(13), [stats.expon(scale=1 / 13), lambda s: 5 - 13 * s]),
        (exact.half_normal(0.2), [stats.halfnorm(scale=0.2), lambda s: -0.5 * (s / 0.2) ** 2]),
        (
            exact.half_cauchy(0.1),
            [stats.halfcauchy(scale=0.1), lambda s: -np.log1p((s / 0.1) ** 2)],
        ),
        (
            exact.uniform(0.05, 0.5),
            [stats.uniform(0.05, 0.45), lambda s: np.where((s >= 0.05) & (s <= 0.5), 0.0, -np.inf)],
        ),
    ],
)
def test_a_prior_may_be_any_log_density(named, others):
    groups, x, y = load("course")
    expected = exact.hierarchical(groups, x, y, sigma_slope=named)
    for prior in others:
        found = exact.hierarchical(groups, x, y, sigma_slope=prior)
        for name in found.parameters:
            assert_allclose(found[name].mean, expected[name].mean, rtol=1e-7)
            assert_allclose(found[name].quantile(0.97), expected[name].quantile(0.97), rtol=1e-7)


@pytest.mark.parametrize(
    ("ours", "scipys"),
    [
        (exact.exponential(13), stats.expon(scale=1 / 13)),
        (exact.half_normal(0.2), stats.halfnorm(scale=0.2)),
        (exact.half_cauchy(5), stats.halfcauchy(scale=5)),
        (exact.uniform(0, 4), stats.uniform(0, 4)),
    ],
)
def test_named_priors_are_those_of_scipy(ours, scipys):
    s = np.array([0.01, 0.3, 2.0])
    assert_allclose(ours(s), scipys.logpdf(s), rtol=1e-13)


@pytest.mark.parametrize("unit", [1e6, 1e-6])
def test_units_do_not_matter(course, unit):
    groups, x, y = load("course")
    priors = {"sigma_slope": exact.exponential(13 / unit), "noise": exact.exponential(10 / unit)}
    scaled_y = exact.hierarchical(groups, x, y * unit, mu_slope=(0.0, unit), **priors)
    priors["noise"] = exact.exponential(10)
    scaled_x = exact.hierarchical(groups, x / unit, y, mu_slope=(0.0, unit), **priors)
    for name in course.parameters:
        for found in (scaled_y, scaled_x):
            factor = 1.0 if found is scaled_x and name == "noise" else unit
            assert_allclose(found[name].mean, factor * course[name].mean, rtol=1e-8)
            assert_allclose(found[name].sd, factor * course[name].sd, rtol=1e-7)
            assert_allclose(
                found[name].hdi(), factor * course[name].hdi(), rtol=1e-6, atol=1e-9 * factor
            )


def test_the_order_of_rows_and_groups_does_not_matter(course):
    groups, x, y = load("course")
    order = np.random.default_rng(0).permutation(x.size)
    label = np.array([3, 1, 4, 0, 5, 7, 2, 6])
    found = exact.hierarchical(label[groups][order], x[order], y[order])
    assert_allclose(found["slope"].mean[label], course["slope"].mean, rtol=1e-9)
    assert_allclose(found["mu_slope"].sd, course["mu_slope"].sd, rtol=1e-9)


@pytest.mark.parametrize("how", ["no rows", "x is zero"])
def test_a_group_without_information_gets_the_population(course, how):
    groups, x, y = load("course")
    if how == "no rows":
        found = exact.hierarchical(np.where(groups > 2, groups + 1, groups), x, y)
        assert_allclose(np.delete(found["slope"].mean, 3), course["slope"].mean, rtol=1e-8)
    else:
        found = exact.hierarchical(groups, np.where(groups == 3, 0.0, x), y)
    assert_allclose(found["slope"].mean[3], found["mu_slope"].mean, rtol=1e-7)
    sigma = found["sigma_slope"]
    variance = found["mu_slope"].sd ** 2 + sigma.mean**2 + sigma.sd**2
    assert_allclose(found["slope"].sd[3], np.sqrt(variance), rtol=1e-7)


def test_a_tiny_sigma_is_complete_pooling():
    groups, x, y = load("course")
    partial = exact.hierarchical(groups, x, y, sigma_slope=exact.exponential(1e9))
    pooled = exact.unpooled(np.zeros_like(groups), x, y, slope=(0.0, 1.0))
    assert_allclose(partial["slope"].mean, np.repeat(pooled["slope"].mean, 8), rtol=1e-7)
    assert_allclose(partial["slope"].quantile(0.9)[3], pooled["slope"].quantile(0.9)[0], rtol=1e-7)
    assert_allclose(partial["noise"].mean, pooled["noise"].mean, rtol=1e-7)


def test_a_huge_sigma_is_no_pooling():
    groups, x, y = load("course")
    partial = exact.hierarchical(
        groups, x, y, mu_slope=(0, 0.01), sigma_slope=exact.uniform(20, 20.01)
    )
    none = exact.unpooled(groups, x, y, slope=(0.0, 20.005))
    assert_allclose(partial["slope"].mean, none["slope"].mean, rtol=1e-6)
    assert_allclose(partial["slope"].sd, none["slope"].sd, rtol=1e-6)


@pytest.mark.parametrize(
    ("mu_slope", "sigma_slope", "noise"),
    [
        ((0.0, np.inf), exact.half_cauchy(1), exact.half_cauchy(1)),
        ((2.0, 1e-6), exact.exponential(1e6), exact.exponential(1e-6)),
        ((0.0, 1e6), stats.invgamma(0.01, scale=0.01), stats.lognorm(0.001, scale=3.0)),
        ((0.0, 1.0), exact.uniform(0, 1e6), exact.uniform(0.1, 0.5)),
        ((0.0, 1.0), lambda s: 0 * s, lambda s: -np.log(s)),
    ],
)
def test_wide_and_narrow_priors_are_integrated(mu_slope, sigma_slope, noise):
    priors = {"mu_slope": mu_slope, "sigma_slope": sigma_slope, "noise": noise}
    posterior = exact.hierarchical(*load("course"), **priors)
    assert posterior.error < 2e-7
    for name in posterior.parameters:
        marginal = posterior[name]
        low, high = np.moveaxis(np.atleast_2d(marginal.hdi()), -1, 0)
        inside = marginal.cdf(np.squeeze(high)) - marginal.cdf(np.squeeze(low))
        assert_allclose(inside, 0.94, atol=1e-7)
        assert_allclose(marginal.cdf(marginal.quantile(0.3)), 0.3, atol=1e-9)


def test_one_group_and_one_row_are_enough():
    assert exact.hierarchical([0], [1.0], [2.0]).error < 2e-8
    posterior = exact.unpooled([0], [1.0], [2.0], slope=(0.0, 1.0))
    assert 0 < posterior["slope"].mean[0] < 2


def test_a_narrow_peak_is_not_stepped_over():
    # A finer round of the search once missed the peak that a coarser one had hit, and took the
    # ends for part of the mass.
    rows = data.simulate_groups(224, decimals=2, x_range=(0.0, 4.0))
    posterior = exact.hierarchical(rows.groups, rows.x, rows.y)
    assert abs(posterior["mu_slope"].mean - 2) < 0.5


def test_many_groups():
    rng = np.random.default_rng(2)
    groups, x = rng.integers(0, 500, 3000), rng.uniform(0, 2, 3000)
    slopes = rng.normal(2.0, 0.3, 500)
    posterior = exact.hierarchical(groups, x, rng.normal(slopes[groups] * x, 0.5))
    z = (posterior["slope"].mean - slopes) / posterior["slope"].sd
    assert abs(z.mean()) < 4 / np.sqrt(500)
    assert abs(z.std() - 1) < 4 / np.sqrt(1000)
    assert abs(posterior["sigma_slope"].mean - 0.3) < 4 * posterior["sigma_slope"].sd
    assert posterior.draws(10, 2, seed=0)["posterior"]["slope"].shape == (2, 10, 500)


def test_many_rows():
    rng = np.random.default_rng(3)
    groups, x = rng.integers(0, 8, 100_000), rng.uniform(0, 2, 100_000)
    y = rng.normal(2.0 * x, 0.5)
    posterior = exact.unpooled(groups, x, y)
    by_hand = np.bincount(groups, x * y) / np.bincount(groups, x * x)
    assert_allclose(posterior["slope"].mean, by_hand, rtol=1e-6)
    assert_allclose(posterior["noise"].mean, 0.5, atol=0.01)
    assert exact.hierarchical(groups, x, y).error < 2e-7


# --- what is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("priors", "says"),
    [
        (
            {"sigma_slope": lambda s: -np.log(s)},
            "sigma_slope does not die out toward its lower end",
        ),
        ({"noise": lambda s: 200 * np.log(s)}, "noise does not die out toward its upper end"),
        ({"sigma_slope": lambda s: np.where(s < 0.05, 0.0, -1.0) - 13 * s}, "not smooth"),
        ({"sigma_slope": lambda s: np.full_like(s, -np.inf)}, "-inf at every value"),
        ({"sigma_slope": lambda s: s * np.nan}, "NaN"),
        ({"sigma_slope": 13}, "the prior of sigma_slope must be a log density"),
        ({"mu_slope": (0.0, 0.0)}, "mu_slope must be"),
        ({"mu_slope": (np.nan, 1.0)}, "mu_slope must be"),
        ({"mu_slope": 3}, "mu_slope must be a pair"),
    ],
)
def test_bad_priors_are_named(priors, says):
    with pytest.raises(ValueError, match=says):
        exact.hierarchical(*load("course"), **priors)


def test_data_free_of_noise_are_an_error():
    groups, x, _ = load("course")
    for model in (exact.unpooled, exact.hierarchical):
        with pytest.raises(ValueError, match="free of noise"):
            model(groups, x, 2.0 * x)


def test_an_infinite_variance_is_an_error():
    with pytest.raises(ValueError, match="tau does not die out toward its upper end"):
        exact.meta_analysis([1.0, 2.0], [1.0, 1.0], tau=exact.half_cauchy(5))


@pytest.mark.parametrize("make", [exact.exponential, exact.half_normal, exact.half_cauchy])
@pytest.mark.parametrize("value", [0.0, -1.0, np.inf, np.nan])
def test_parameters_of_priors_are_checked(make, value):
    with pytest.raises(ValueError, match="positive, finite"):
        make(value)


@pytest.mark.parametrize("ends", [(1.0, 1.0), (-1.0, 1.0), (0.0, np.inf), (2.0, 1.0)])
def test_ends_of_a_uniform_are_checked(ends):
    with pytest.raises(ValueError, match="low < high"):
        exact.uniform(*ends)


@pytest.mark.parametrize(
    ("estimates", "errors"),
    [([1.0, 2.0], [1.0]), ([1.0], [0.0]), ([np.nan], [1.0]), ([1.0], [np.inf]), ([], [])],
)
def test_estimates_are_checked(estimates, errors):
    with pytest.raises(ValueError, match="standard"):
        exact.meta_analysis(estimates, errors)


def test_what_a_posterior_refuses(course):
    with pytest.raises(
        KeyError, match=r"no parameter 'tau' here; there are mu_slope, slope, sigma"
    ):
        course["tau"]
    with pytest.raises(ValueError, match="no sigma_slope to hold"):
        exact.unpooled(*load("course")).slopes_given_sigma(0.1)
    with pytest.raises(ValueError, match="values >= 0"):
        course.slopes_given_sigma([-0.1])
    for q in (0.0, 1.0, -1.0, np.nan):
        with pytest.raises(ValueError, match="strictly between"):
            course["noise"].quantile(q)
        with pytest.raises(ValueError, match="strictly between"):
            course["slope"].hdi(q)
    with pytest.raises(ValueError, match="last axis must be the group, of length 8"):
        course["slope"].cdf([1.0, 2.0])


# --- marginals ------------------------------------------------------------------------------------


def test_shapes(course):
    q = np.array([[0.1, 0.5], [0.7, 0.9]])
    assert course["slope"].quantile(q).shape == (8, 2, 2)
    assert course["slope"].quantile(0.5).shape == (8,)
    assert course["slope"].hdi().shape == (8, 2)
    assert course["slope"].pdf(np.ones((5, 8))).shape == (5, 8)
    assert course["slope"].cdf(2.0).shape == (8,)
    for name in ("mu_slope", "sigma_slope", "noise"):
        assert isinstance(course[name].quantile(0.5), float)
        assert course[name].quantile(q).shape == course[name].pdf(q).shape == (2, 2)
        assert course[name].hdi().shape == (2,)


@pytest.mark.parametrize("name", ["mu_slope", "sigma_slope", "noise"])
def test_cdf_pdf_and_quantile_are_of_one_distribution(course, stubborn, name):
    q = np.concatenate([[1e-6, 1e-4], np.linspace(0.01, 0.99, 23), [0.9999]])
    for marginal in (course[name], stubborn[name]):
        values = marginal.quantile(q)
        assert (np.diff(values) > 0).all()
        assert_allclose(marginal.cdf(values), q, rtol=1e-7)
        z, w = np.polynomial.legendre.leggauss(20)
        half, middle = np.diff(values) / 2, (values[1:] + values[:-1]) / 2
        mass = (marginal.pdf(middle[:, None] + half[:, None] * z) * w).sum(axis=1) * half
        assert_allclose(mass[1:-1], np.diff(q)[1:-1], rtol=1e-6)
    assert_array_equal(course["sigma_slope"].pdf([-1.0, 0.0, 1e9]), [0.0, 0.0, 0.0])
    assert_allclose(course["sigma_slope"].cdf([-1.0, 1e9]), [0.0, 1.0], rtol=0, atol=1e-15)


def test_hdi_is_the_narrowest_interval(course, stubborn):
    leaning = exact.hierarchical(*load("course"), noise=exact.uniform(0.1, 0.5))
    marginals = [
        p[name] for p in (course, stubborn) for name in ("mu_slope", "sigma_slope", "noise")
    ]
    # Modes at the low end and at the high end, and two modes of a slope.
    marginals += [leaning["noise"], stubborn["slope"]._parts[7]]
    for marginal in marginals:
        for prob in (0.05, 0.5, 0.94, 0.999):
            low, high = marginal.hdi(prob)
            assert_allclose(marginal.cdf(high) - marginal.cdf(low), prob, atol=1e-9)
            start = np.linspace(1e-9, 1 - prob - 1e-9, 201)
            width = marginal.quantile(start + prob) - marginal.quantile(start)
            assert high - low <= width.min() + 1e-9 * marginal.sd
            inside = marginal.quantile(1e-6) < low and high < marginal.quantile(1 - 1e-6)
            if inside:
                assert_allclose(marginal.pdf(low), marginal.pdf(high), rtol=1e-6)


# --- draws ----------------------------------------------------------------------------------------


def uniform(values: np.ndarray) -> float:
    """P-value of a Kolmogorov-Smirnov test of probabilities against the uniform distribution."""
    return stats.kstest(np.ravel(values), "uniform").pvalue


@pytest.fixture(scope="module", params=["course", "stubborn", "unpooled", "meta"])
def drawn(request):
    if request.param == "unpooled":
        posterior = exact.unpooled(*load("course"))
    elif request.param == "meta":
        posterior = exact.meta_analysis(*EIGHT_SCHOOLS)
    else:
        posterior = request.getfixturevalue(request.param)
    return posterior, posterior.draws(1000, 4, seed=20)["posterior"]


def test_draws_follow_every_marginal(drawn):
    posterior, draws = drawn
    assert set(draws.data_vars) == set(posterior.parameters)
    for name in posterior.parameters:
        u = posterior[name].cdf(draws[name].values)
        for one in np.moveaxis(u, 2, 0) if u.ndim == 3 else [u]:
            assert uniform(one) > 1e-3, name


def test_draws_follow_the_joint_distribution(course, stubborn):
    # Given both scales mu_slope is normal, and given mu_slope as well the slopes are.
    for posterior, rows in ((course, load("course")), (stubborn, load("stubborn"))):
        draws = posterior.draws(1000, 2, seed=5)["posterior"]
        mu, sigma, noise = (draws[k].values.ravel() for k in ("mu_slope", "sigma_slope", "noise"))
        slope = draws["slope"].values.reshape(-1, 8)
        _, mean, sd = conditional(*rows, (0.0, 1.0), sigma, noise)
        assert uniform(ndtr((mu - mean[:, 0]) / sd[:, 0])) > 1e-3
        groups, x, y = rows
        precision = np.bincount(groups, x * x) / noise[:, None] ** 2 + 1 / sigma[:, None] ** 2
        pulled = np.bincount(groups, x * y) / noise[:, None] ** 2 + (mu / sigma**2)[:, None]
        z = (slope - pulled / precision) * np.sqrt(precision)
        assert uniform(ndtr(z)) > 1e-3
        assert np.abs(np.corrcoef(z.T) - np.eye(8)).max() < 4.5 / np.sqrt(z.shape[0])


def test_the_second_scale_is_drawn_given_the_first(stubborn):
    # Across the two modes of sigma_slope the noise differs, and in each it has its own cdf.
    draws = stubborn.draws(20_000, 1, seed=6)["posterior"]
    sigma, noise = draws["sigma_slope"].values.ravel(), draws["noise"].values.ravel()
    low = sigma < 0.3
    assert noise[low].mean() > noise[~low].mean() + 0.02
    v, dv = panels(np.log([0.2, 0.3, 0.4, 0.6, 0.8]), 30)
    for some in (np.flatnonzero(low)[:150], np.flatnonzero(~low)[:150]):
        held, grid = np.broadcast_arrays(sigma[some, None], np.exp(v))
        log_density = conditional(*load("stubborn"), (0.0, 1.0), held, grid)[0] - 10 * grid + v
        weight = np.exp(log_density - log_density.max(axis=1, keepdims=True)) * dv
        below = (weight * (grid < noise[some, None])).sum(axis=1) / weight.sum(axis=1)
        assert uniform(below) > 1e-3


def test_draws_can_be_repeated_and_arviz_takes_them(course):
    one, same, other = (course.draws(50, 3, seed=seed) for seed in (1, 1, 2))
    assert one["posterior"].identical(same["posterior"])
    assert not one["posterior"].equals(other["posterior"])
    assert dict(one["posterior"].sizes) == {"chain": 3, "draw": 50, "group": 8}
    summary = az.summary(one)
    assert summary.shape[0] == 11
    assert "slope[7]" in summary.index
