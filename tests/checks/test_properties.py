"""Whatever is handed in, there is a verdict: never our traceback, never a wrong fail."""

from collections import namedtuple

import numpy as np
import pandas as pd
import pymc as pm
import pytest
import xarray as xr
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from variants import centered, non_centered

from pooling import checks
from pooling.checks.challenge import Challenge
from pooling.checks.density import HIERARCHICAL, Rows
from pooling.checks.evidence import build, measure_model, measure_value
from pooling.checks.feedback import NotYet
from pooling.checks.verdict.models import judge_model

BUILDERS = [name for name in checks.POINTS if name.startswith("build_")]

# Compiling a model takes a few tenths of a second, and the machine may be busy.
FEW = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],  # shrinking would compile hundreds of models
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
MANY = settings(FEW, max_examples=60)


def outcome(check, answers, **options):
    """Points, or the code of the diagnosis; anything else is a test that fails."""
    try:
        return check(answers, **options)
    except NotYet as verdict:
        if verdict.code == "not-judged":
            pytest.fail(str(verdict))
        return verdict.code


# --- right models on data of all shapes -----------------------------------------------------------


@st.composite
def data_sets(draw):
    """Rows of one to twelve groups, some of them empty, on scales from tiny to huge."""
    n_groups = draw(st.integers(1, 12))
    n = draw(st.integers(1, 60))
    groups = draw(hnp.arrays(np.int64, n, elements=st.integers(0, n_groups - 1)))
    scale = 10.0 ** draw(st.integers(-3, 3))
    values = st.floats(-10, 10, allow_nan=False).map(lambda v: round(v, 3))
    x = draw(hnp.arrays(float, n, elements=values))
    y = draw(hnp.arrays(float, n, elements=values)) * scale
    return Rows(groups, x, y)


@given(rows=data_sets(), seed=st.integers(0, 2**32), form=st.sampled_from([centered, non_centered]))
@FEW
def test_a_right_model_passes_on_any_data(rows, seed, form):
    challenge = Challenge(seed)
    model = build(form, rows.groups, rows.x, rows.y)
    evidence = measure_model(model, HIERARCHICAL.parameters, challenge)
    verdict = judge_model(evidence, HIERARCHICAL, rows, challenge, "build_hierarchical")
    assert verdict.right, verdict


@given(rows=data_sets(), seed=st.integers(0, 2**32))
@FEW
def test_a_wrong_prior_is_seen_on_any_data(rows, seed):
    def wide(groups, x, y):
        with pm.Model() as model:
            mu, sigma = pm.Normal("mu_slope", 0, 1), pm.HalfNormal("sigma_slope", 1)
            slope = pm.Normal("slope", mu, sigma, shape=int(groups.max()) + 1)
            pm.Normal("obs", slope[groups] * x, pm.Exponential("noise", 10), observed=y)
        return model

    challenge = Challenge(seed)
    evidence = measure_model(
        build(wide, rows.groups, rows.x, rows.y), HIERARCHICAL.parameters, challenge
    )
    verdict = judge_model(evidence, HIERARCHICAL, rows, challenge, "build_hierarchical")
    assert not verdict.right


@pytest.mark.parametrize("n_groups", [1, 1000])
def test_one_group_and_a_thousand(n_groups):
    rng = np.random.default_rng(0)
    groups = np.repeat(np.arange(n_groups), 3)
    rows = Rows(groups, rng.uniform(0, 2, groups.size), rng.normal(2, 1, groups.size))
    challenge = Challenge(3)
    for form in (centered, non_centered):
        evidence = measure_model(
            build(form, rows.groups, rows.x, rows.y), HIERARCHICAL.parameters, challenge
        )
        verdict = judge_model(evidence, HIERARCHICAL, rows, challenge, "b")
        assert verdict.right, verdict


def frame(groups, x, y):
    return pd.DataFrame({"groups": groups, "x": x, "y": y})


@pytest.mark.parametrize("kind", ["int8", "int16", "int32", "int64", "uint8", "uint64"])
def test_group_numbers_of_any_integer_type(kind):
    def typed(groups, x, y):
        table = frame(groups.astype(kind), x, y)
        return centered(table.groups.to_numpy(), table.x.to_numpy(), table.y.to_numpy())

    assert outcome(checks.build_hierarchical, {"build_hierarchical": typed}) == 4


@pytest.mark.parametrize(
    "convert",
    [
        lambda groups, x, y: (groups, pd.Series(x), pd.Series(y)),
        lambda groups, x, y: (groups, xr.DataArray(x).values, xr.DataArray(y).values),
        lambda groups, x, y: (groups.tolist(), x.tolist(), y.tolist()),
        lambda groups, x, y: (groups.astype(float).astype(int), x.astype("longdouble"), y),
        lambda groups, x, y: (
            pd.Categorical(groups, range(groups.max() + 1)).codes.astype(int),
            x,
            y,
        ),
    ],
)
def test_columns_in_other_containers(convert):
    def other(groups, x, y):
        groups, x, y = convert(groups, x, y)
        return centered(np.asarray(groups), np.asarray(x, float), np.asarray(y, float))

    assert outcome(checks.build_hierarchical, {"build_hierarchical": other}) == 4


# --- answers that are anything at all -------------------------------------------------------------

Point = namedtuple("Point", "low high")


class Hostile:
    """Raises whatever is asked of it."""

    def __getattr__(self, name):
        raise RuntimeError("no")

    def __array__(self, *args, **kwargs):
        raise RuntimeError("no")

    def __len__(self):
        raise RuntimeError("no")


OBJECTS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.complex_numbers(),
    st.text(max_size=5),
    st.binary(max_size=5),
    st.lists(st.floats(), max_size=4),
    st.tuples(st.floats(), st.floats()),
    st.dictionaries(st.one_of(st.integers(), st.text(max_size=3)), st.floats(), max_size=5),
    hnp.arrays(
        st.sampled_from([np.float64, np.float32, np.int8, np.complex128, np.bool_]),
        hnp.array_shapes(min_dims=0, max_dims=4, max_side=9),
    ),
    st.builds(Hostile),
    st.builds(Point, st.floats(), st.floats()),
    st.just(pd.DataFrame()),
    st.just(xr.DataTree()),
    st.just(xr.Dataset()),
    st.just(pm.Model()),
    st.just(pm.Model),
    st.just(print),
    st.just(lambda *a: 1 / 0),
    st.just(lambda *a: Hostile()),
    st.just(lambda *a: pm.Model()),
    st.just(lambda *a: np.nan),
    st.just(...),
)

NAMES = [
    *("build_unpooled", "unpooled_model", "unpooled_trace", "outlier_group", "outlier_hdi"),
    *("build_slope_prior", "prior_slopes", "p_apart", "build_hierarchical", "shrinkage"),
    *("hierarchical_model", "hierarchical_trace", "slope_7", "slope_7_hdi", "NAMES"),
    *("build_non_centered", "non_centered_model", "non_centered_trace", "build_robust"),
    "slope_7_by_rate",
]


@given(
    cell=st.sampled_from(sorted(checks.POINTS)),
    answers=st.dictionaries(st.sampled_from(NAMES), OBJECTS, min_size=10),
    fresh=st.booleans(),
)
@settings(MANY, max_examples=150)
def test_any_object_gets_a_verdict(cell, answers, fresh):
    found = outcome(getattr(checks, cell), answers, fresh=fresh)
    assert isinstance(found, str), f"{cell} gave {found} points for {answers}"


@given(value=OBJECTS)
@MANY
def test_any_object_can_be_measured(value):
    evidence = measure_value(value)
    assert isinstance(evidence.text, str)
    assert np.isfinite(evidence.values).all()


class Unprintable(Hostile):
    """Not even its name can be had. Hypothesis prints what it tries, so it gets none of these."""

    def __repr__(self):
        raise RuntimeError("no")


@pytest.mark.parametrize("cell", sorted(checks.POINTS))
def test_what_cannot_be_printed_gets_a_verdict(cell):
    answers = dict.fromkeys(NAMES, Unprintable())
    assert isinstance(outcome(getattr(checks, cell), answers), str)


@given(
    draws=hnp.arrays(
        float,
        st.tuples(st.integers(500, 700), st.just(8)),
        elements=st.floats(-1e300, 1e300, allow_nan=False),
        fill=st.floats(-5, 5),
    )
)
@FEW
def test_any_array_of_draws_gets_a_verdict(draws):
    found = outcome(checks.draw_slopes, {"prior_slopes": draws})
    assert isinstance(found, str) or found == 1.5


# --- models that are anything at all --------------------------------------------------------------


def nothing_in_it(*_):
    return pm.Model()


def only_constants(*_):
    with pm.Model() as model:
        for name in ("mu_slope", "sigma_slope", "slope", "noise"):
            pm.Deterministic(name, pm.math.constant(1.0))
    return model


def all_discrete(*_):
    with pm.Model() as model:
        for name in ("mu_slope", "sigma_slope", "slope", "noise"):
            pm.Poisson(name, 3)
    return model


def with_nan(groups, x, y):
    y = y.copy()
    y[0] = np.nan
    return centered(groups, x, y)


def masked(groups, x, y):
    return centered(groups, x, np.ma.masked_where(np.arange(y.size) < 2, y))


def infinite(groups, x, y):
    return centered(groups, x / 0.0, y)


def a_simplex(*_):
    with pm.Model() as model:
        pm.Dirichlet("slope", np.ones(8))
        for name in ("mu_slope", "sigma_slope", "noise"):
            pm.Normal(name)
    return model


def a_flat_one(groups, x, y):
    with pm.Model() as model:
        for name in ("mu_slope", "sigma_slope", "noise"):
            pm.Flat(name)
        pm.Flat("slope", shape=8)
    return model


def a_mixture(groups, x, y):
    with pm.Model() as model:
        mu, sigma = pm.Normal("mu_slope", 0, 1), pm.Exponential("sigma_slope", 13)
        slope = pm.Normal("slope", mu, sigma, shape=int(groups.max()) + 1)
        noise = pm.Exponential("noise", 10)
        parts = [pm.Normal.dist(slope[groups] * x, noise), pm.Normal.dist(0, 10)]
        pm.Mixture("obs", [0.9, 0.1], parts, observed=y)
    return model


def truncated(groups, x, y):
    with pm.Model() as model:
        mu, sigma = pm.Normal("mu_slope", 0, 1), pm.Exponential("sigma_slope", 13)
        slope = pm.TruncatedNormal("slope", mu, sigma, lower=0, shape=int(groups.max()) + 1)
        pm.Normal("obs", slope[groups] * x, pm.Exponential("noise", 10), observed=y)
    return model


def nested(groups, x, y):
    with pm.Model() as model, pm.Model("inner"):
        mu, sigma = pm.Normal("mu_slope", 0, 1), pm.Exponential("sigma_slope", 13)
        slope = pm.Normal("slope", mu, sigma, shape=int(groups.max()) + 1)
        pm.Normal("obs", slope[groups] * x, pm.Exponential("noise", 10), observed=y)
    return model


def a_hidden_layer(groups, x, y):
    with pm.Model() as model:
        mu = pm.Normal("mu_slope", pm.Normal("above", 0, 1), 1)
        slope = pm.Normal("slope", mu, pm.Exponential("sigma_slope", 13), shape=8)
        pm.Normal("obs", slope[groups % 8] * x, pm.Exponential("noise", 10), observed=y)
    return model


ODD = [
    nothing_in_it,
    only_constants,
    all_discrete,
    with_nan,
    masked,
    infinite,
    a_simplex,
    a_flat_one,
    a_mixture,
    truncated,
    nested,
    a_hidden_layer,
]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("fresh", [False, True], ids=["course", "fresh"])
@pytest.mark.parametrize("builder", ODD, ids=lambda b: b.__name__)
def test_odd_models_get_a_verdict(builder, fresh):
    for name in BUILDERS:
        assert isinstance(outcome(getattr(checks, name), {name: builder}, fresh=fresh), str)
