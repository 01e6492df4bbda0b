"""The checks as a notebook calls them: with its own variables, by name."""

from dataclasses import replace
from functools import partial

import numpy as np
import pymc as pm
import pytest
from variants import RIGHT_HIERARCHICAL, WRONG_HIERARCHICAL, centered

from pooling import checks, load_groups
from pooling.checks.challenge import Challenge
from pooling.checks.feedback import NotYet
from pooling.checks.gather import gather
from pooling.checks.verdict import judge
from pooling.checks.verdict.course import course_rows

DATA = load_groups()


def code(check, answers, **options):
    with pytest.raises(NotYet) as caught:
        check(answers, **options)
    return caught.value.code


def unpooled(groups, x, y):
    with pm.Model() as model:
        slope = pm.Normal("slope", 0, 20, shape=int(groups.max()) + 1)
        pm.Normal("obs", slope[groups] * x, pm.Exponential("noise", 10), observed=y)
    return model


def greek(groups, x, y):
    with pm.Model() as model:
        slope = pm.Normal("beta", 0, 20, shape=int(groups.max()) + 1)
        pm.Normal("obs", slope[groups] * x, pm.Exponential("sigma", 10), observed=y)
    return model


@pytest.mark.parametrize("fresh", [False, True])
def test_a_builder_earns_its_points(fresh, capsys):
    assert checks.build_unpooled({"build_unpooled": unpooled}, fresh=fresh) == 4
    assert checks.build_hierarchical({"build_hierarchical": centered}, fresh=fresh) == 4
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("builder", RIGHT_HIERARCHICAL, ids=lambda b: b.__name__)
def test_every_right_form_passes_on_fresh_data(builder):
    assert checks.build_hierarchical({"build_hierarchical": builder}, fresh=True) == 4


def test_other_names_pass_when_they_are_declared():
    assert code(checks.build_unpooled, {"build_unpooled": greek}) == "missing-slope"
    names = {"slope": "beta", "noise": "sigma"}
    assert checks.build_unpooled({"build_unpooled": greek, "NAMES": names}) == 4


def of_y(groups, x, y, *, slope="slope"):
    with pm.Model() as model:
        slopes = pm.Normal(slope, 0, 20, shape=int(groups.max()) + 1)
        pm.Normal("y", slopes[groups] * x, pm.Exponential("noise", 10), observed=y)
    return model


@pytest.mark.parametrize("fresh", [False, True])
def test_a_likelihood_by_another_name_earns_half_until_that_is_declared(fresh, capsys):
    assert checks.build_unpooled({"build_unpooled": of_y}, fresh=fresh) == 2
    assert "names-likelihood" in capsys.readouterr().out
    answers = {"build_unpooled": of_y, "NAMES": {"obs": "y"}}
    assert checks.build_unpooled(answers, fresh=fresh) == 4
    answers = {"build_unpooled": of_y, "NAMES": {"obs": "likelihood"}}
    assert checks.build_unpooled(answers, fresh=fresh) == 2


def test_who_declares_names_need_not_declare_the_only_likelihood():
    answers = {"build_unpooled": partial(of_y, slope="beta"), "NAMES": {"slope": "beta"}}
    assert checks.build_unpooled(answers) == 4


@pytest.mark.parametrize("fresh", [False, True])
def test_a_builder_that_ignores_its_arguments_is_told_so(fresh):
    answers = {"build_unpooled": lambda groups, x, y: unpooled(DATA.groups, DATA.x, DATA.y)}
    for _ in range(5):
        assert code(checks.build_unpooled, answers, fresh=fresh) == "ignores-arguments"


@pytest.mark.parametrize("key", [lambda groups: groups.size, lambda groups: groups.max()])
def test_a_builder_that_keeps_its_models_is_told_so(key):
    kept = {}

    def keeping(groups, x, y):
        return kept.setdefault(key(groups), unpooled(groups, x, y))

    assert code(checks.build_unpooled, {"build_unpooled": keeping}) == "ignores-arguments"


def test_a_builder_that_mixes_its_arguments_with_the_notebooks_data_is_told_so():
    answers = {"build_unpooled": lambda groups, x, y: unpooled(groups, x, DATA.y)}
    assert checks.build_unpooled(answers) == 4
    assert code(checks.build_unpooled, answers, fresh=True) == "mixes-arguments"


def counting(groups, x, y):
    with pm.Model(coords={"group": np.unique(groups)}) as model:
        slope = pm.Normal("slope", 0, 20, dims="group")
        pm.Normal("obs", slope[groups] * x, pm.Exponential("noise", 10), observed=y)
    return model


@pytest.mark.parametrize("fresh", [False, True])
def test_a_builder_that_counts_the_groups_that_occur_earns_half(fresh, capsys):
    assert checks.build_unpooled({"build_unpooled": counting}, fresh=fresh) == 2
    assert "groups-counted" in capsys.readouterr().out


@pytest.mark.parametrize("fresh", [False, True])
def test_a_builder_that_shifts_the_groups_earns_half(fresh, capsys):
    def shifting(groups, x, y):
        n_groups = int(groups.max()) + 1
        with pm.Model() as model:
            slope = pm.Normal("slope", 0, 20, shape=n_groups)
            noise = pm.Exponential("noise", 10)
            pm.Normal("obs", slope[groups - groups.min()] * x, noise, observed=y)
        return model

    assert checks.build_unpooled({"build_unpooled": shifting}, fresh=fresh) == 2
    assert "groups-shifted" in capsys.readouterr().out


@pytest.mark.parametrize("fresh", [False, True])
def test_slopes_that_happen_to_be_all_the_same_say_nothing_of_groups(fresh):
    answers, challenge = {"build_hierarchical": centered}, Challenge(3, fresh)
    evidence = gather("build_hierarchical", answers, challenge)
    rows = challenge.rows() if fresh else course_rows()[0]
    left = challenge.gapped(rows)
    same = {"slope": np.full(left.n_groups, 1.3), "mean": 1.3 * left.x}
    record = replace(evidence.records["build_hierarchical"], gap=same)
    changed = replace(evidence, records={"build_hierarchical": record})
    assert judge(changed, challenge).right


@pytest.mark.parametrize("seed", range(20))
def test_fresh_rows_stand_in_no_order(seed):
    rows = Challenge(seed, fresh=True).rows()
    assert rows.groups[-1] < DATA.n_groups - 1
    assert (np.diff(rows.groups) < 0).any()
    assert len(np.unique(rows.groups)) == rows.n_groups > DATA.n_groups
    left = Challenge(seed, fresh=True).gapped(rows)
    assert left.groups.min() == 1
    assert left.n_groups < DATA.n_groups


def of_groups(change, n_groups):
    """A builder with some number of slopes that gives its rows these groups."""

    def build(groups, x, y):
        with pm.Model() as model:
            slope = pm.Normal("slope", 0, 20, shape=n_groups(groups))
            noise = pm.Exponential("noise", 10)
            pm.Normal("obs", slope[change(groups)] * x, noise, observed=y)
        return model

    return {"build_unpooled": build}


def test_a_number_of_groups_that_is_typed_is_found_on_fresh_data(capsys):
    typed = of_groups(lambda groups: groups, lambda groups: 8)
    assert checks.build_unpooled(typed) == 4
    for _ in range(5):
        assert code(checks.build_unpooled, typed, fresh=True) == "groups-typed"
    at_least_eight = of_groups(lambda groups: groups, lambda groups: max(8, int(groups.max()) + 1))
    assert checks.build_unpooled(at_least_eight) == 4
    assert checks.build_unpooled(at_least_eight, fresh=True) == 2
    assert "groups-counted" in capsys.readouterr().out


@pytest.mark.parametrize("change", [lambda g: g % 8, lambda g: np.minimum(g, 7)])
def test_groups_that_are_cut_to_eight_are_found_on_fresh_data(change):
    answers = of_groups(change, lambda groups: int(groups.max()) + 1)
    assert checks.build_unpooled(answers) == 4
    for _ in range(5):
        assert code(checks.build_unpooled, answers, fresh=True) == "obs:groups"


def test_a_builder_that_takes_the_last_row_for_the_last_group_fails_on_fresh_data():
    def hasty(groups, x, y):
        with pm.Model() as model:
            slope = pm.Normal("slope", 0, 20, shape=int(groups[-1]) + 1)
            pm.Normal("obs", slope[groups] * x, pm.Exponential("noise", 10), observed=y)
        return model

    assert checks.build_unpooled({"build_unpooled": hasty}) == 4
    assert (
        code(checks.build_unpooled, {"build_unpooled": hasty}, fresh=True) == "index-out-of-range"
    )


def sorted_rows(groups, x, y):
    order = np.argsort(x)
    return unpooled(groups[order], x[order], y[order])


def as_ratios(groups, x, y):
    with pm.Model() as model:
        slope = pm.Normal("slope", 0, 20, shape=int(groups.max()) + 1)
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", slope[groups], noise / np.abs(x), observed=y / x)
    return model


@pytest.mark.parametrize("fresh", [False, True])
def test_rows_may_stand_in_any_order(fresh):
    assert checks.build_unpooled({"build_unpooled": sorted_rows}, fresh=fresh) == 4


@pytest.mark.parametrize("fresh", [False, True])
def test_a_likelihood_of_something_made_of_y_earns_half(fresh, capsys):
    assert checks.build_unpooled({"build_unpooled": as_ratios}, fresh=fresh) == 2
    assert "obs:rescaled" in capsys.readouterr().out


@pytest.mark.parametrize("column", ["x", "y"])
def test_a_builder_that_clips_what_is_far_out_fails_on_fresh_data(column):
    def clipping(groups, x, y):
        def clip(v):
            low, high = np.quantile(v, [0.25, 0.75])
            return np.clip(v, low - 1.5 * (high - low), high + 1.5 * (high - low))

        return unpooled(groups, *((clip(x), y) if column == "x" else (x, clip(y))))

    answers = {"build_unpooled": clipping}
    assert checks.build_unpooled(answers) == 4
    for _ in range(5):
        found = code(checks.build_unpooled, answers, fresh=True)
        assert found == ("obs:x-other" if column == "x" else "observed-changed"), found


def test_a_builder_that_raises_when_a_group_has_no_rows_is_let_be():
    def demanding(groups, x, y):
        assert np.bincount(groups).all()
        return unpooled(groups, x, y)

    assert checks.build_unpooled({"build_unpooled": demanding}) == 4


def test_a_builder_that_changes_its_arguments_does_not_change_ours():
    def careless(groups, x, y):
        model = unpooled(groups.copy(), x.copy(), y.copy())
        y -= 100
        return model

    for _ in range(2):
        assert checks.build_unpooled({"build_unpooled": careless}) == 4


def test_a_wrong_model_with_a_good_trace_earns_nothing_for_it():
    builder, _ = WRONG_HIERARCHICAL["half-normal"]
    model = builder(DATA.groups, DATA.x, DATA.y)
    trace = pm.sample(
        200, tune=300, chains=2, cores=1, model=model, random_seed=1, progressbar=False
    )
    answers = {"hierarchical_model": model, "hierarchical_trace": trace, "slope_7": 1.99}
    assert code(checks.sample_hierarchical, answers) == "model-wrong"
    answers["slope_7_hdi"] = (1.86, 2.12)
    assert code(checks.outlier_shrinks, answers) == "model-wrong"
    assert code(checks.outlier_shrinks, {**answers, "slope_7": 9.09}) == "distance-moved"
    assert code(checks.outlier_shrinks, {**answers, "slope_7": 11.1}) == "no-shrinkage"


def test_the_prior_of_the_slopes():
    def prior(n_groups):
        with pm.Model() as model:
            mu, sigma = pm.Normal("mu_slope", 0, 1), pm.Exponential("sigma_slope", 13)
            pm.Normal("slope", mu, sigma, shape=n_groups)
        return model

    answers = {"build_slope_prior": prior}
    assert checks.build_slope_prior(answers) == 4
    assert checks.build_slope_prior(answers, fresh=True) == 4

    def with_data(n_groups):
        with prior(n_groups) as model:
            pm.Normal("obs", model["slope"][0], pm.Exponential("noise", 10), observed=DATA.y)
        return model

    assert code(checks.build_slope_prior, {"build_slope_prior": with_data}) == "prior-has-data"
    eight = {"build_slope_prior": lambda n_groups: prior(8)}
    assert code(checks.build_slope_prior, eight) == "groups-typed"
    assert code(checks.build_slope_prior, eight, fresh=True) == "groups-typed"


def test_reading_the_outlier_asks_for_the_group_before_the_trace():
    answers = {"outlier_hdi": (8, 12), "unpooled_model": None, "unpooled_trace": None}
    assert code(checks.read_outlier, {**answers, "outlier_group": 6}) == "wrong-group"
    assert code(checks.read_outlier, {**answers, "outlier_group": 8}) == "no-such-group"
    assert code(checks.read_outlier, {**answers, "outlier_group": np.nan}) == "not-a-number"
    assert code(checks.read_outlier, {**answers, "outlier_group": "7"}) == "not-a-trace"
    assert code(checks.read_outlier, {"outlier_group": 7, "outlier_hdi": None}) == "undefined"
