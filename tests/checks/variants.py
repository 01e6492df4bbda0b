"""Right and wrong ways to write the models of the exercises, each with the code it must get.

Builders take ``(groups, x, y)``. A wrong one is listed with the code of its diagnosis.
"""

# PyTensor's own types are too loose for the arithmetic of models.
# pyright: reportOperatorIssue=false, reportAttributeAccessIssue=false, reportCallIssue=false
# pyright: reportArgumentType=false, reportIndexIssue=false

from collections.abc import Callable

import numpy as np
import pymc as pm
import pytensor.tensor as pt
from pymc import dims
from pymc.distributions.transforms import Interval, log_exp_m1, ordered
from pymc.model.transform.optimization import freeze_model
from pytensor.tensor.sort import sort


def _likelihood(slope, groups, x, y):
    noise = pm.Exponential("noise", 10)
    pm.Normal("obs", slope[groups] * x, noise, observed=y)


def _hyper():
    return pm.Normal("mu_slope", 0, 1), pm.Exponential("sigma_slope", 13)


def _model(slopes) -> Callable[..., pm.Model]:
    """A hierarchical model whose slopes are made by ``slopes(n_groups)``."""

    def build(groups, x, y):
        with pm.Model() as model:
            _likelihood(slopes(int(groups.max()) + 1), groups, x, y)
        return model

    build.__name__ = slopes.__name__
    return build


# --- hierarchical, right -------------------------------------------------------------------------


@_model
def centered(n):
    return pm.Normal("slope", *_hyper(), shape=n)


@_model
def non_centered(n):
    mu, sigma = _hyper()
    return pm.Deterministic("slope", mu + sigma * pm.Normal("z", 0, 1, shape=n))


@_model
def offsets_with_sigma(n):
    mu, sigma = _hyper()
    return pm.Deterministic("slope", mu + pm.Normal("offset", 0, sigma, shape=n))


@_model
def partly_centered(n):
    mu, sigma = _hyper()
    most = pm.Normal("most", mu, sigma, shape=n - 1)
    last = mu + sigma * pm.Normal("z_last", 0, 1)
    return pm.Deterministic("slope", pt.concatenate([most, last[None]]))


@_model
def multivariate(n):
    mu, sigma = _hyper()
    return pm.MvNormal("slope", mu * np.ones(n), cov=sigma**2 * pt.eye(n))


@_model
def mean_after_the_slopes(n):
    """The same joint density, factorized the other way round: ill-conditioned for a small sigma."""
    sigma = pm.Exponential("sigma_slope", 13)
    slope = pm.MvNormal("slope", np.zeros(n), cov=sigma**2 * pt.eye(n) + pt.ones((n, n)))
    known = 1 + n / sigma**2
    pm.Normal("mu_slope", slope.sum() / sigma**2 / known, known**-0.5)
    return slope


@_model
def rotated_offsets(n):
    mu = pm.Normal("mu_slope", 0, 1)
    sigma = pm.Deterministic("sigma_slope", pm.Weibull("root", 2, 2**0.5) ** 2 / 26)
    turn = np.linalg.qr(np.vander(np.arange(1.0, n + 1)))[0]
    z = pm.Normal("z", 0, 1, shape=n)
    return pm.Deterministic("slope", mu + sigma * pm.math.dot(turn, z))


@_model
def offsets_from_uniforms(n):
    mu, sigma = _hyper()
    z = np.sqrt(2) * pm.math.erfinv(2 * pm.Uniform("u", 0, 1, shape=n) - 1)
    return pm.Deterministic("slope", mu + sigma * z)


@_model
def precision(n):
    mu, sigma = _hyper()
    return pm.Normal("slope", mu, tau=sigma**-2, shape=n)


@_model
def scalars(n):
    mu, sigma = _hyper()
    return pm.Deterministic("slope", pt.stack([pm.Normal(f"s{i}", mu, sigma) for i in range(n)]))


@_model
def gamma_for_exponential(n):
    mu = pm.Normal("mu_slope", 0, 1)
    return pm.Normal("slope", mu, pm.Gamma("sigma_slope", 1, 13), shape=n)


@_model
def log_of_uniform(n):
    mu = pm.Normal("mu_slope", 0, 1)
    sigma = pm.Deterministic("sigma_slope", -pt.log(pm.Uniform("u", 0, 1)) / 13)
    return pm.Normal("slope", mu, sigma, shape=n)


@_model
def other_transform(n):
    mu = pm.Normal("mu_slope", 0, 1)
    sigma = pm.Exponential("sigma_slope", 13, default_transform=log_exp_m1)
    return pm.Normal("slope", mu, sigma, shape=n)


@_model
def column_of_slopes(n):
    return pm.Normal("slope", *_hyper(), shape=(n, 1))[:, 0]


def potential(groups, x, y):
    with pm.Model() as model:
        slope = pm.Normal("slope", *_hyper(), shape=int(groups.max()) + 1)
        noise = pm.Exponential("noise", 10)
        line = pm.Normal.dist(slope[groups] * x, noise)
        pm.Potential("obs", pm.logp(line, y).sum())
    return model


def potential_without_constant(groups, x, y):
    with pm.Model() as model:
        slope = pm.Normal("slope", *_hyper(), shape=int(groups.max()) + 1)
        noise = pm.Exponential("noise", 10)
        rest = (y - slope[groups] * x) / noise
        pm.Potential("obs", -0.5 * (rest**2).sum() - len(y) * pt.log(noise))
    return model


def one_term_a_group(groups, x, y):
    with pm.Model() as model:
        slope = pm.Normal("slope", *_hyper(), shape=int(groups.max()) + 1)
        noise = pm.Exponential("noise", 10)
        for g in np.unique(groups):
            mine = groups == g
            pm.Normal(f"obs_{g}", slope[g] * x[mine], noise, observed=y[mine])
    return model


def design_matrix(groups, x, y):
    design = np.eye(groups.max() + 1)[groups] * x[:, None]
    with pm.Model() as model:
        slope = pm.Normal("slope", *_hyper(), shape=int(groups.max()) + 1)
        pm.Normal("obs", pt.dot(design, slope), pm.Exponential("noise", 10), observed=y)
    return model


def data_containers(groups, x, y):
    with pm.Model(coords={"group": np.arange(groups.max() + 1), "row": np.arange(len(y))}) as model:
        x_, g_, y_ = (
            pm.Data(name, value, dims="row")
            for name, value in (("x", x), ("groups", groups), ("y", y))
        )
        slope = pm.Normal("slope", *_hyper(), dims="group")
        noise = pm.Exponential("noise", 10)
        mean = pm.Deterministic("mean", slope[g_] * x_, dims="row")
        pm.Normal("obs", mean, noise, observed=y_, dims="row")
    return model


def named_axes(groups, x, y):
    coords = {"group": np.arange(groups.max() + 1), "row": np.arange(y.size)}
    with pm.Model(coords=coords) as model:
        mu, sigma = dims.Normal("mu_slope", mu=0, sigma=1), dims.Exponential("sigma_slope", lam=13)
        slope = dims.Deterministic("slope", mu + sigma * dims.Normal("z", dims="group"))
        rows = slope.isel(group=dims.Data("g", groups, dims="row"))
        noise = dims.Exponential("noise", lam=10)
        mean = rows * dims.Data("x", x, dims="row")
        dims.Normal("obs", mu=mean, sigma=noise, observed=dims.as_xtensor(y, dims=("row",)))
    return model


def frozen(groups, x, y):
    return freeze_model(centered(groups, x, y))


def many_transforms_and_extras(groups, x, y):
    model = centered(groups, x, y)
    with model:
        pm.Deterministic("double", 2 * model["slope"])
        pm.Deterministic("shrinkage", 1 - model["sigma_slope"])
    return model


@_model
def absolute_laplace(n):
    sigma = pm.Deterministic("sigma_slope", abs(pm.Laplace("signed", 0, 1 / 13)))
    return pm.Normal("slope", pm.Normal("mu_slope", 0, 1), sigma, shape=n)


RIGHT_HIERARCHICAL = [
    absolute_laplace,
    centered,
    non_centered,
    offsets_with_sigma,
    partly_centered,
    multivariate,
    mean_after_the_slopes,
    rotated_offsets,
    offsets_from_uniforms,
    precision,
    scalars,
    gamma_for_exponential,
    log_of_uniform,
    other_transform,
    column_of_slopes,
    potential,
    potential_without_constant,
    one_term_a_group,
    design_matrix,
    data_containers,
    named_axes,
    frozen,
    many_transforms_and_extras,
]


# --- hierarchical, wrong -------------------------------------------------------------------------


def _with_priors(mu=None, sigma=None, noise=None, slope=None):
    """A centered model with some priors exchanged; each argument is a function of no argument."""

    def build(groups, x, y):
        with pm.Model() as model:
            m = mu() if mu else pm.Normal("mu_slope", 0, 1)
            s = sigma() if sigma else pm.Exponential("sigma_slope", 13)
            n = noise() if noise else pm.Exponential("noise", 10)
            k = int(groups.max()) + 1
            b = slope(m, s, k) if slope else pm.Normal("slope", m, s, shape=k)
            pm.Normal("obs", b[groups] * x, n, observed=y)
        return model

    return build


def _with_rows(change):
    """The right model, given changed rows."""

    def build(groups, x, y):
        n_groups = int(groups.max()) + 1
        groups, x, y = change(groups, x, y)
        with pm.Model() as model:
            _likelihood(pm.Normal("slope", *_hyper(), shape=n_groups), groups, x, y)
        return model

    return build


def _with_line(line):
    """The right priors, with another likelihood: ``line(slope, noise, groups, x, y)``."""

    def build(groups, x, y):
        with pm.Model() as model:
            slope = pm.Normal("slope", *_hyper(), shape=int(groups.max()) + 1)
            line(slope, pm.Exponential("noise", 10), groups, x, y)
        return model

    return build


def _from_offsets(in_place):
    """The right priors, and a likelihood that takes something else for the slopes."""

    def build(groups, x, y):
        with pm.Model() as model:
            mu, sigma = _hyper()
            z = pm.Normal("z", 0, 1, shape=int(groups.max()) + 1)
            pm.Deterministic("slope", mu + sigma * z)
            slope = in_place(mu, sigma, z)
            pm.Normal("obs", slope[groups] * x, pm.Exponential("noise", 10), observed=y)
        return model

    return build


def _twice(slope, noise, groups, x, y):
    pm.Normal("obs", slope[groups] * x, noise, observed=y)
    pm.Normal("again", slope[groups] * x, noise, observed=y)


def _to_every_group(slope, noise, groups, x, y):
    seen = np.broadcast_to(y, (int(groups.max()) + 1, y.size))
    pm.Normal("obs", slope[:, None] * x, noise, observed=seen)


def _normal_line(mean, sd=lambda noise, x: noise):
    """A normal likelihood with ``mean(slope, groups, x)`` and ``sd(noise, x)``."""

    def line(slope, noise, groups, x, y):
        pm.Normal("obs", mean(slope, groups, x), sd(noise, x), observed=y)

    return _with_line(line)


def _right_mean(slope, groups, x):
    return slope[groups] * x


def _observing(seen):
    def line(slope, noise, groups, x, y):
        pm.Normal("obs", slope[groups] * x, noise, observed=seen(groups, y))

    return _with_line(line)


def _within_groups(groups, x, y):
    x = x.copy()
    for group in np.unique(groups):
        x[groups == group] -= x[groups == group].mean()
    return groups, x, y


def _without_largest(groups, x, y):
    kept = groups != np.bincount(groups).argmax()
    return groups[kept], x[kept], y[kept]


def _scipys_names(slope, noise, groups, x, y):
    pm.Normal("obs", loc=slope[groups] * x, scale=noise, observed=y)


def _exchanged(of_slopes, of_rows):
    """Slopes and rows with sds picked out of (sigma_slope, noise)."""

    def build(groups, x, y):
        with pm.Model() as model:
            mu, sigma = _hyper()
            noise = pm.Exponential("noise", 10)
            spread = (sigma, noise)[of_slopes]
            slope = pm.Normal("slope", mu, spread, shape=int(groups.max()) + 1)
            pm.Normal("obs", slope[groups] * x, (sigma, noise)[of_rows], observed=y)
        return model

    return build


def _offset_each_row(groups, x, y):
    with pm.Model() as model:
        mu, sigma = _hyper()
        z = pm.Normal("z", 0, 1, shape=y.size)
        k = int(groups.max()) + 1
        pm.Deterministic("slope", mu + sigma * pm.Normal("offset", 0, 1, shape=k))
        pm.Normal("obs", (mu + sigma * z) * x, pm.Exponential("noise", 10), observed=y)
    return model


def _from_others(mu, sigma, k):
    return pm.Normal("slope", pm.Normal("m", 0, 1), pm.Exponential("s", 13), shape=k)


def _residuals(slope, noise, groups, x, y):
    pm.Normal("obs", 0, noise, observed=y - slope[groups] * x)


def _shuffled(groups, x, y):
    order = np.random.default_rng(0).permutation(y.size)
    return groups, x[order], y[order]


def _most(groups, x, y):
    kept = np.arange(y.size) % 5 > 0
    return groups[kept], x[kept], y[kept]


def _offset_called_slope(groups, x, y):
    with pm.Model() as model:
        mu, sigma = _hyper()
        z = pm.Normal("slope", 0, 1, shape=int(groups.max()) + 1)
        _likelihood(mu + sigma * z, groups, x, y)
    return model


def _slope_by_row(groups, x, y):
    with pm.Model() as model:
        slope = pm.Normal("by_group", *_hyper(), shape=int(groups.max()) + 1)
        by_row = pm.Deterministic("slope", slope[groups])
        _likelihood(by_row, np.arange(y.size), x, y)
    return model


def _hyper_of_the_slopes(groups, x, y):
    with pm.Model() as model:
        slope = pm.Normal("slope", 0, 1, shape=int(groups.max()) + 1)
        pm.Deterministic("mu_slope", slope.mean())
        pm.Deterministic("sigma_slope", slope.std())
        _likelihood(slope, groups, x, y)
    return model


def _contrasts(k):
    base, others = pm.Normal("base", 0, 20), pm.Normal("others", 0, 20, shape=k - 1)
    return pm.Deterministic("slope", pt.concatenate([base[None], base + others]))


def _offsets(sd=1.0, shape=None):
    def slope(mu, sigma, k):
        z = pm.Normal("z", 0, sd, shape=k if shape is None else shape)
        return pm.Deterministic("slope", mu + sigma * z + np.zeros(k))

    return slope


def _standardized(mu, sigma, k):
    z = pm.Normal("z", 0, 1, shape=k)
    return pm.Deterministic("slope", mu + sigma * (z - z.mean()) / z.std())


def _scaled_by_noise(groups, x, y):
    with pm.Model() as model:
        mu, sigma = _hyper()
        noise = pm.Exponential("noise", 10)
        z = pm.Normal("z", 0, 1, shape=int(groups.max()) + 1)
        slope = pm.Deterministic("slope", mu + sigma * noise * z)
        pm.Normal("obs", slope[groups] * x, noise, observed=y)
    return model


def _zero_sum(mu, sigma, k):
    return pm.Deterministic("slope", mu + sigma * pm.ZeroSumNormal("z", shape=k))


def _keyword_ignored(mu, sigma, k):
    return pm.Normal("slope", mu, sd=sigma, shape=k)


def _fixed(value):
    def sigma():
        return pm.Deterministic("sigma_slope", pt.as_tensor(value))

    return sigma


def _derived(function):
    """A sigma_slope that is made of a variable which has the prior asked."""

    def sigma():
        return pm.Deterministic("sigma_slope", function(pm.Exponential("v", 13)))

    return sigma


def _as_they_appear(groups):
    # The course's rows stand in the order of their groups, so the last one is put first here.
    _, first, number = np.unique(groups[::-1], return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[number][::-1]


def _greek(groups, x, y):
    with pm.Model() as model:
        mu, tau = pm.Normal("mu", 0, 1), pm.Exponential("tau", 13)
        _likelihood(pm.Normal("slope", mu, tau, shape=int(groups.max()) + 1), groups, x, y)
    return model


# The density asked, up to a constant, wherever they can go; but they cannot go everywhere.
CUT_HIERARCHICAL = {
    "mu_slope only positive": (
        _with_priors(mu=lambda: pm.HalfNormal("mu_slope", 1)),
        "support",
    ),
    "mu_slope in an interval": (
        _with_priors(mu=lambda: pm.TruncatedNormal("mu_slope", 0, 1, lower=0, upper=1.5)),
        "support",
    ),
    "sigma_slope cut off": (
        _with_priors(
            sigma=lambda: pm.Truncated("sigma_slope", pm.Exponential.dist(13), lower=0, upper=0.05)
        ),
        "support",
    ),
    "sigma_slope cut off where it hardly ever is": (
        _with_priors(
            sigma=lambda: pm.Truncated("sigma_slope", pm.Exponential.dist(13), lower=0, upper=0.5)
        ),
        "support",
    ),
    "sigma_slope kept from nothing": (
        _with_priors(
            sigma=lambda: pm.Exponential("sigma_slope", 13, default_transform=Interval(1e-3, None))
        ),
        "support",
    ),
    "slopes in an interval": (
        _with_priors(
            slope=lambda mu, sigma, k: pm.Normal(
                "slope", mu, sigma, shape=k, transform=Interval(0, 3), initval=np.ones(k)
            )
        ),
        "support",
    ),
    "only positive offsets": (
        _with_priors(
            slope=lambda mu, sigma, k: pm.Deterministic(
                "slope", mu + sigma * pm.HalfNormal("z", 1, shape=k)
            )
        ),
        "support",
    ),
    "folded offsets": (
        _with_priors(
            slope=lambda mu, sigma, k: pm.Deterministic(
                "slope", mu + sigma * abs(pm.Normal("z", 0, 1, shape=k))
            )
        ),
        "support",
    ),
    "offsets cut off": (
        _with_priors(
            slope=lambda mu, sigma, k: pm.Deterministic(
                "slope", mu + sigma * pm.TruncatedNormal("z", 0, 1, lower=-3, upper=3, shape=k)
            )
        ),
        "support",
    ),
    "slopes in order": (
        _with_priors(
            slope=lambda mu, sigma, k: pm.Normal(
                "slope", mu, sigma, shape=k, transform=ordered, initval=np.arange(k) / k
            )
        ),
        "support-order",
    ),
    "slopes sorted": (
        _with_priors(
            slope=lambda mu, sigma, k: pm.Deterministic(
                "slope", sort(pm.Normal("b", mu, sigma, shape=k))
            )
        ),
        "support-order",
    ),
}


def _without_jacobian(groups, x, y):
    with pm.Model() as model:
        slope = pm.Normal("slope", *_hyper(), shape=int(groups.max()) + 1)
        noise = pm.Deterministic("noise", pm.math.exp(pm.Flat("log_noise")))
        pm.Potential("prior", -10 * noise)
        pm.Normal("obs", slope[groups] * x, noise, observed=y)
    return model


def _pulled(slope, noise, groups, x, y):
    pm.Potential("pull", -0.5 * ((slope - 2) ** 2).sum())
    pm.Normal("obs", slope[groups] * x, noise, observed=y)


def tempered(slope, noise, groups, x, y):
    pm.Potential("obs", 0.5 * pm.logp(pm.Normal.dist(slope[groups] * x, noise), y).sum())


def _weighted(slope, noise, groups, x, y):
    weights = 1 / np.bincount(groups)[groups]
    each = pm.logp(pm.Normal.dist(slope[groups] * x, noise), y)
    pm.Potential("obs", (weights * each).sum())


# Right where parameters have common values, and there only.
LIMITED_HIERARCHICAL = {
    "sigma_slope with a floor": _with_priors(
        slope=lambda m, s, k: pm.Normal("slope", m, pm.math.maximum(s, 0.005), shape=k)
    ),
    "clipped slopes": _with_line(
        lambda slope, noise, g, x, y: pm.Normal(
            "obs", pm.math.clip(slope[g], -10, 10) * x, noise, observed=y
        )
    ),
}

WRONG_HIERARCHICAL = {
    "offsets standardized": (
        _with_priors(slope=_standardized),
        "slope:standardized",
    ),
    "slopes scaled by the noise": (_scaled_by_noise, "slope:depends"),
    "logarithm of sigma_slope normal, non-centered": (
        _with_priors(
            sigma=lambda: pm.Deterministic(
                "sigma_slope", pm.math.exp(pm.Normal("log_sigma", -3.0, 1.0))
            ),
            slope=_offsets(),
        ),
        "prior-derived",
    ),
    "mean for a rate": (
        _with_priors(sigma=lambda: pm.Exponential("sigma_slope", 1 / 13)),
        "scale:rate-is-scale",
    ),
    "keyword ignored": (
        _with_priors(sigma=lambda: pm.Exponential("sigma_slope", sigma=13)),
        "scale:keyword-ignored",
    ),
    "half-normal": (
        _with_priors(sigma=lambda: pm.HalfNormal("sigma_slope", 1 / 13)),
        "scale:half-normal",
    ),
    "half-normal, wide": (
        _with_priors(sigma=lambda: pm.HalfNormal("sigma_slope", 13)),
        "scale:half-normal",
    ),
    "a prior nobody foresaw": (
        _with_priors(sigma=lambda: pm.InverseGamma("sigma_slope", 3, 0.3)),
        "prior-kind",
    ),
    "rates exchanged": (
        _with_priors(
            sigma=lambda: pm.Exponential("sigma_slope", 10),
            noise=lambda: pm.Exponential("noise", 13),
        ),
        "scale:rate",
    ),
    "answer in the prior": (
        _with_priors(mu=lambda: pm.Normal("mu_slope", 2, 0.01)),
        "mu_slope:mean-2",
    ),
    "wide mu": (_with_priors(mu=lambda: pm.Normal("mu_slope", 0, 20)), "mu_slope:sd"),
    "variance for sd": (
        _with_priors(slope=lambda m, s, k: pm.Normal("slope", m, s**2, shape=k)),
        "slope:sigma-squared",
    ),
    "precision for sd": (
        _with_priors(slope=lambda m, s, k: pm.Normal("slope", m, tau=s, shape=k)),
        "slope:sigma-precision",
    ),
    "keyword of slope ignored": (_with_priors(slope=_keyword_ignored), "slope:sigma-ignored"),
    "mu unused": (
        _with_priors(slope=lambda m, s, k: pm.Normal("slope", 0, s, shape=k)),
        "slope:mu-unused",
    ),
    "hyperpriors unused": (
        _with_priors(slope=lambda m, s, k: pm.Normal("slope", 0, 20, shape=k)),
        "slope:hyperpriors-unused",
    ),
    "prior of the precision": (
        _with_priors(sigma=_derived(lambda v: v**-0.5)),
        "scale:prior-of",
    ),
    "prior of the variance": (_with_priors(sigma=_derived(pt.sqrt)), "scale:prior-of"),
    "prior of the log": (_with_priors(sigma=_derived(pt.exp)), "scale:prior-of"),
    "prior of the inverse, with offsets": (
        _with_priors(sigma=_derived(lambda v: 1 / v), slope=_offsets()),
        "scale:prior-of",
    ),
    "prior of something else": (_with_priors(sigma=_derived(lambda v: v**3)), "prior-derived"),
    "groups renumbered as they appear": (
        _with_rows(lambda g, x, y: (_as_they_appear(g), x, y)),
        "obs:groups",
    ),
    "offsets for slopes": (_from_offsets(lambda mu, sigma, z: z), "obs:offset-for-slope"),
    "mu added again": (_from_offsets(lambda mu, s, z: 2 * mu + s * z), "obs:mu-twice"),
    "mu not added": (_from_offsets(lambda mu, sigma, z: sigma * z), "obs:mu-missing"),
    "slopes beside the slopes": (
        _from_offsets(lambda mu, s, z: pm.Normal("b", mu, s, shape=z.shape)),
        "obs:other-slopes",
    ),
    "offsets that are numbers": (
        _with_priors(
            slope=lambda m, s, k: pm.Deterministic("slope", m + s * np.linspace(-1.0, 2.0, k))
        ),
        "offsets-fixed",
    ),
    "offsets that are no variables": (
        _with_priors(
            slope=lambda mu, sigma, k: pm.Deterministic(
                "slope", mu + sigma * pm.Normal.dist(0, 1, shape=k)
            )
        ),
        "not-registered",
    ),
    "offsets stretched twice": (
        _with_priors(
            slope=lambda m, s, k: pm.Deterministic("slope", m + s * pm.Normal("z", m, s, shape=k))
        ),
        "slope:stretched-twice",
    ),
    "hyperparameters under other names": (_greek, "hyperpriors-named"),
    "offsets around mu_slope": (
        _with_priors(
            slope=lambda m, s, k: pm.Deterministic("slope", m + s * pm.Normal("z", m, 1, shape=k))
        ),
        "slope:offset-mean",
    ),
    "sigma fixed": (_with_priors(sigma=_fixed(0.1)), "sigma-fixed"),
    "wide offsets": (_with_priors(slope=_offsets(20.0)), "slope:offset-sd"),
    "uniform offsets": (
        _with_priors(
            slope=lambda m, s, k: pm.Deterministic("slope", m + s * pm.Uniform("z", -5, 5, shape=k))
        ),
        "slope:offset-kind",
    ),
    "shared offset": (_with_priors(slope=_offsets(shape=())), "offset-shared"),
    "zero-sum offsets": (_with_priors(slope=_zero_sum), "zero-sum"),
    "noise half-normal": (
        _with_priors(noise=lambda: pm.HalfNormal("noise", 10)),
        "scale:half-normal",
    ),
    "noise mean for rate": (
        _with_priors(noise=lambda: pm.Exponential("noise", 1 / 10)),
        "scale:rate-is-scale",
    ),
    "noise per group": (
        _with_line(
            lambda slope, noise, g, x, y: pm.Normal(
                "obs",
                slope[g] * x,
                pm.Exponential("noises", 10, shape=int(g.max()) + 1)[g],
                observed=y,
            )
        ),
        "noise-per-group",
    ),
    "logarithm of the noise, without Jacobian": (_without_jacobian, "scale:no-jacobian"),
    "Laplace slopes": (
        _with_priors(slope=lambda m, s, k: pm.Laplace("slope", m, s, shape=k)),
        "slope:kind",
    ),
    "a little more than sigma": (
        _with_priors(slope=lambda m, s, k: pm.Normal("slope", m, s + 0.01, shape=k)),
        "slope:other-sd",
    ),
    "one slope apart": (
        _with_priors(
            slope=lambda m, s, k: pm.Normal("slope", m, pt.set_subtensor((s * np.ones(k))[3], 20.0))
        ),
        "slope:group-apart",
    ),
    "mu twice": (
        _with_priors(
            slope=lambda m, s, k: pm.Deterministic("slope", 2 * m + s * pm.Normal("z", shape=k))
        ),
        "slope:mu-twice",
    ),
    "mu scaled": (
        _with_priors(
            slope=lambda m, s, k: pm.Deterministic("slope", s * (m + pm.Normal("z", shape=k)))
        ),
        "slope:mu-scaled",
    ),
    "offsets summed up": (
        _with_priors(
            slope=lambda m, s, k: pm.Deterministic(
                "slope", m + s * pt.cumsum(pm.Normal("z", shape=k))
            )
        ),
        "slope:walk",
    ),
    "offsets around one": (
        _with_priors(
            slope=lambda m, s, k: pm.Deterministic("slope", m + s * pm.Normal("z", 1, 1, shape=k))
        ),
        "slope:offset-mean",
    ),
    "a potential too many": (_with_line(_pulled), "potential"),
    "half of the likelihood": (_with_line(tempered), "obs:times"),
    "weighted rows": (_with_line(_weighted), "other-likelihood"),
    "root of the noise": (
        _with_line(
            lambda slope, noise, g, x, y: pm.Normal("obs", slope[g] * x, noise**0.5, observed=y)
        ),
        "obs:noise-root",
    ),
    "noise that grows with x": (
        _with_line(
            lambda slope, noise, g, x, y: pm.Normal(
                "obs", slope[g] * x, noise * (1 + np.abs(x)), observed=y
            )
        ),
        "obs:noise-changed",
    ),
    "x forgotten": (_normal_line(lambda s, g, x: s[g]), "obs:x-forgotten"),
    "x squared": (_normal_line(lambda s, g, x: s[g] * x**2), "obs:x-other"),
    "x centered in each group": (_with_rows(_within_groups), "obs:x-other"),
    "x in tens": (_normal_line(lambda s, g, x: s[g] * 10 * x), "obs:mean-times"),
    "sizes of the slopes": (_normal_line(lambda s, g, x: abs(s[g]) * x), "obs:slope-absolute"),
    "the last slope for all": (_normal_line(lambda s, g, x: s[-1] * x), "obs:one-slope"),
    "noise times x": (_normal_line(_right_mean, lambda n, x: n * abs(x)), "obs:noise-by-x"),
    "a fixed noise": (_normal_line(_right_mean, lambda n, x: 0.5), "obs:noise-unused"),
    "observes groups": (_observing(lambda groups, y: groups.astype(float)), "observes-groups"),
    "y shuffled": (
        _observing(lambda groups, y: np.random.default_rng(0).permutation(y)),
        "obs:rows-apart",
    ),
    "a large group left out": (_with_rows(_without_largest), "obs:group-dropped"),
    "SciPy's names": (_with_line(_scipys_names), "scipy-names"),
    "scales exchanged": (_exchanged(1, 0), "scales-exchanged"),
    "slopes spread by the noise": (_exchanged(1, 1), "slope:noise-for-sd"),
    "rows spread by sigma_slope": (_exchanged(0, 0), "obs:sigma-for-noise"),
    "an offset for each row": (_offset_each_row, "one-each-row"),
    "slopes made with others than the named": (_with_priors(slope=_from_others), "hyper-beside"),
    "sigma added": (
        _with_priors(
            slope=lambda mu, sigma, k: pm.Deterministic(
                "slope", mu + sigma + pm.Normal("z", 0, 1, shape=k)
            )
        ),
        "slope:sigma-added",
    ),
    "sds in a covariance matrix": (
        _with_priors(
            slope=lambda mu, sigma, k: pm.MvNormal("slope", mu * pt.ones(k), cov=sigma * pt.eye(k))
        ),
        "slope:cov-is-sd",
    ),
    "offsets scaled twice": (
        _with_priors(
            slope=lambda mu, sigma, k: pm.Deterministic(
                "slope", mu + sigma * pm.Normal("z", 0, sigma, shape=k)
            )
        ),
        "slope:scaled-twice",
    ),
    "offsets without their mean": (
        _with_priors(
            slope=lambda mu, sigma, k: pm.Deterministic(
                "slope", mu + sigma * ((z := pm.Normal("z", 0, 1, shape=k)) - z.mean())
            )
        ),
        "zero-sum",
    ),
    "one slope from the population, copied": (
        _with_priors(
            slope=lambda mu, sigma, k: pm.Deterministic(
                "slope", pm.Normal("common", mu, sigma) * np.ones(k)
            )
        ),
        "slopes-identical",
    ),
    "one slope more": (
        _with_priors(slope=lambda mu, sigma, k: pm.Normal("slope", mu, sigma, shape=k + 1)),
        "slope-longer",
    ),
    "rows shuffled beside the groups": (_with_rows(_shuffled), "obs:groups"),
    "a fifth kept for a test": (_with_rows(_most), "obs:subset"),
    "x looked up by group": (_with_rows(lambda g, x, y: (g, x[g], y)), "obs:x-indexed"),
    "every group's line": (_with_line(_to_every_group), "obs:every-group"),
    "residuals observed": (_with_line(_residuals), "observed-random"),
    "offsets called slope": (_offset_called_slope, "slope:is-offset"),
    "a slope for each row": (_slope_by_row, "slope-each-row"),
    "hyperparameters computed from the slopes": (_hyper_of_the_slopes, "hyper-from-slopes"),
    "rolled groups": (_with_rows(lambda g, x, y: ((g + 1) % (g.max() + 1), x, y)), "obs:groups"),
    "sorted x": (_with_rows(lambda g, x, y: (g, np.sort(x), y)), "obs:rows-apart"),
    "centered x": (_with_rows(lambda g, x, y: (g, x - x.mean(), y)), "obs:x-changed"),
    "standardized x": (
        _with_rows(lambda g, x, y: (g, (x - x.mean()) / x.std(), y)),
        "obs:x-changed",
    ),
    "rounded y": (_with_rows(lambda g, x, y: (g, x, np.round(y, 1))), "obs:y-changed"),
    "centered y": (_with_rows(lambda g, x, y: (g, x, y - y.mean())), "obs:y-changed"),
    "x and y exchanged": (_with_rows(lambda g, x, y: (g, y, x)), "obs:xy-swapped"),
    "outliers clipped": (
        _with_rows(lambda g, x, y: (g, x, np.minimum(y, np.sort(y)[-4]))),
        "observed-changed",
    ),
    "twice the data": (_with_line(_twice), "obs:data-twice"),
    "intercept": (
        _with_line(
            lambda slope, noise, g, x, y: pm.Normal(
                "obs", pm.Normal("intercept", 0, 1) + slope[g] * x, noise, observed=y
            )
        ),
        "intercept",
    ),
    "not observed": (
        _with_line(lambda slope, noise, g, x, y: pm.Normal("obs", slope[g] * x, noise)),
        "obs-not-observed",
    ),
    "observes x": (
        _with_line(lambda slope, noise, g, x, y: pm.Normal("obs", slope[g] * x, noise, observed=x)),
        "observes-x",
    ),
    "student-t": (
        _with_line(
            lambda slope, noise, g, x, y: pm.StudentT(
                "obs", nu=4, mu=slope[g] * x, sigma=noise, observed=y
            )
        ),
        "obs:student-t",
    ),
    "noise as variance": (
        _with_line(
            lambda slope, noise, g, x, y: pm.Normal("obs", slope[g] * x, noise**2, observed=y)
        ),
        "obs:noise-squared",
    ),
    "no group index": (
        _with_line(lambda slope, noise, g, x, y: pm.Normal("obs", slope * x, noise, observed=y)),
        "broadcast",
    ),
    "the mean for all": (
        _with_line(
            lambda slope, noise, g, x, y: pm.Normal(
                "obs", slope.owner.inputs[2] * x, noise, observed=y
            )
        ),
        "obs:mean-for-all",
    ),
    "offsets not scaled": (_from_offsets(lambda mu, sigma, z: mu + z), "obs:offset-not-scaled"),
    "one slope short": (
        _with_priors(slope=lambda m, s, k: pm.Normal("slope", m, s, shape=k - 1)),
        "index-out-of-range",
    ),
    "nothing returned": (lambda groups, x, y: None, "returns-nothing"),
    "a trace returned": (lambda groups, x, y: {"slope": 2.0}, "not-a-model"),
    "raises": (lambda groups, x, y: pm.Normal("slope", 0, 1), "raised"),
}


# --- robust --------------------------------------------------------------------------------------


def _robust(line, slope=None):
    """A hierarchical model with another likelihood: ``line(mean, noise, y)``."""

    def build(groups, x, y):
        with pm.Model() as model:
            made = slope or (lambda n: pm.Normal("slope", *_hyper(), shape=n))
            b = made(int(groups.max()) + 1)
            line(b[groups] * x, pm.Exponential("noise", 10), y)
        return model

    return build


def _student(nu=4.0, scale=lambda s: s):
    def line(mean, noise, y):
        degrees = nu() if callable(nu) else nu
        pm.StudentT("obs", nu=degrees, mu=mean, sigma=scale(noise), observed=y)

    return line


def robust_centered(groups, x, y):
    return _robust(_student())(groups, x, y)


def robust_precision(groups, x, y):
    def line(mean, noise, y):
        pm.StudentT("obs", nu=4, mu=mean, lam=noise**-2, observed=y)

    return _robust(line)(groups, x, y)


def robust_non_centered(groups, x, y):
    def slope(n):
        mu, sigma = _hyper()
        return pm.Deterministic("slope", mu + sigma * pm.Normal("z", 0, 1, shape=n))

    return _robust(_student(), slope)(groups, x, y)


def robust_learned(groups, x, y):
    return _robust(_student(lambda: pm.Gamma("nu", 2, 0.1)))(groups, x, y)


def robust_learned_otherwise_named(groups, x, y):
    return _robust(_student(lambda: pm.Gamma("degrees", alpha=2, beta=0.1)))(groups, x, y)


def robust_learned_from_another_variable(groups, x, y):
    def nu():
        return pm.Deterministic("nu", 10 * pm.Gamma("unit", 2, 1))

    return _robust(_student(nu))(groups, x, y)


def robust_as_a_skewed_one_without_skew(groups, x, y):
    """Its log density loses all digits far from its middle."""

    def line(mean, noise, y):
        pm.SkewStudentT("obs", a=2.0, b=2.0, mu=mean, sigma=noise, observed=y)

    return _robust(line)(groups, x, y)


def robust_as_a_mixture_of_normals(groups, x, y):
    """A potential in place of the distribution."""

    def line(mean, noise, y):
        pm.Potential("obs", pm.logp(pm.StudentT.dist(nu=4, mu=mean, sigma=noise), y))

    return _robust(line)(groups, x, y)


RIGHT_ROBUST = [
    robust_centered,
    robust_precision,
    robust_non_centered,
    robust_learned,
    robust_learned_otherwise_named,
    robust_learned_from_another_variable,
    robust_as_a_mixture_of_normals,
    robust_as_a_skewed_one_without_skew,
]

WRONG_ROBUST = {
    "noise stretched": (
        _robust(
            lambda mean, noise, y: pm.StudentT(
                "obs", nu=4, mu=mean, sigma=noise * np.sqrt(2), observed=y
            )
        ),
        "obs:scale-stretched",
    ),
    "one mixing variable for all rows": (
        _robust(
            lambda mean, noise, y: pm.Normal(
                "obs", mean, noise / pt.sqrt(pm.Gamma("w", 2, 2)), observed=y
            )
        ),
        "one-too-many",
    ),
    "degrees of another name and prior": (
        _robust(
            lambda mean, noise, y: pm.StudentT(
                "obs", nu=pm.Exponential("df", 0.1), mu=mean, sigma=noise, observed=y
            )
        ),
        "nu-prior",
    ),
    "arguments in the order of Normal": (
        _robust(
            lambda mean, noise, y: pm.StudentT("obs", abs(mean) + 1e-6, noise, sigma=4, observed=y)
        ),
        "obs:student-order",
    ),
    "robust for some rows": (
        _robust(
            lambda mean, noise, y: pm.StudentT(
                "obs", nu=np.where(y > 2, 4.0, 1e6), mu=mean, sigma=noise, observed=y
            )
        ),
        "obs:nu",
    ),
    "nu of a t-test": (_robust(_student(nu=190.0)), "obs:nu"),
    "normal kept": (
        _robust(lambda mean, noise, y: pm.Normal("obs", mean, noise, observed=y)),
        "obs:normal-kept",
    ),
    "scale made for the sd": (
        _robust(_student(scale=lambda s: s * np.sqrt(0.5))),
        "obs:scale-is-sd",
    ),
    "another nu": (_robust(_student(3.0)), "obs:nu"),
    "nu with an exponential prior": (
        _robust(_student(lambda: pm.Exponential("nu", 1 / 30))),
        "nu-prior",
    ),
    "nu with a flat prior": (_robust(_student(lambda: pm.Uniform("nu", 0, 30))), "nu-prior"),
    "nu with another gamma": (_robust(_student(lambda: pm.Gamma("nu", 2, 1))), "nu-prior"),
    "nu above one": (
        _robust(_student(lambda: pm.Deterministic("nu", 1 + pm.Gamma("more", 2, 0.1)))),
        "nu-prior",
    ),
    "nu above one, unnamed": (_robust(_student(lambda: 1 + pm.Gamma("more", 2, 0.1))), "nu-prior"),
    "laplace": (
        _robust(lambda mean, noise, y: pm.Laplace("obs", mean, noise, observed=y)),
        "obs:kind",
    ),
}


def _unpooled(slope, potential=False):
    """The unpooled model, with its slopes made by ``slope(n_groups)``."""

    def build(groups, x, y):
        with pm.Model() as model:
            b, noise = slope(int(groups.max()) + 1), pm.Exponential("noise", 10)
            if potential:
                pm.Potential("obs", pm.logp(pm.Normal.dist(b[groups] * x, noise), y))
            else:
                pm.Normal("obs", b[groups] * x, noise, observed=y)
        return model

    return build


RIGHT_UNPOOLED = {
    "as asked": _unpooled(lambda k: pm.Normal("slope", 0, 20, shape=k)),
    "likelihood in a potential": _unpooled(lambda k: pm.Normal("slope", 0, 20, shape=k), True),
    "standard normals, scaled": _unpooled(
        lambda k: pm.Deterministic("slope", 20 * pm.Normal("z", 0, 1, shape=k))
    ),
}

WRONG_UNPOOLED = {
    "hierarchical": (_unpooled(lambda k: pm.Normal("slope", *_hyper(), shape=k)), "slope:learned"),
    "one for all, copied": (
        _unpooled(
            lambda k: pm.Deterministic("slope", pm.Normal("b", 0, 20) + np.zeros(k)),
        ),
        "slopes-identical",
    ),
    "only positive": (_unpooled(lambda k: pm.HalfNormal("slope", 20, shape=k)), "support"),
    "folded": (
        _unpooled(lambda k: pm.Deterministic("slope", abs(pm.Normal("b", 0, 20, shape=k)))),
        "support",
    ),
    "uniform": (_unpooled(lambda k: pm.Uniform("slope", -60, 60, shape=k)), "slope:kind"),
    "Student-t": (
        _unpooled(lambda k: pm.StudentT("slope", nu=4, mu=0, sigma=20, shape=k)),
        "slope:kind",
    ),
    "a twentieth": (
        _unpooled(lambda k: pm.Deterministic("slope", pm.Normal("z", 0, 1, shape=k) / 20)),
        "slope:sd",
    ),
    "differences from a first group": (_unpooled(_contrasts), "slope:contrasts"),
    "flat": (_unpooled(lambda k: pm.Flat("slope", shape=k)), "slope:kind"),
    "clipped": (
        _unpooled(
            lambda k: pm.Deterministic("slope", pm.math.clip(pm.Normal("b", 0, 20, shape=k), -9, 9))
        ),
        "support",
    ),
    "centered on two": (
        _unpooled(lambda k: pm.Normal("slope", 2, 20, shape=k)),
        "slope:centered-on-two",
    ),
    # The size of a likelihood in a potential must not hide a prior.
    "centered on two, in a potential": (
        _unpooled(lambda k: pm.Normal("slope", 2, 20, shape=k), True),
        "slope:centered-on-two",
    ),
    "a variance, in a potential": (
        _unpooled(lambda k: pm.Normal("slope", 0, 400, shape=k), True),
        "slope:sd-squared",
    ),
    "centered on what the data say": (
        _unpooled(lambda k: pm.Normal("slope", np.linspace(1.9, 2.1, k), 20)),
        "slope:centered-on-two",
    ),
    "somewhat wide, in a potential": (
        _unpooled(lambda k: pm.Normal("slope", 0, 25, shape=k), True),
        "density-part",
    ),
}
