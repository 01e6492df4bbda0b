"""The data sets, and what they were chosen to show: all of it by the exact posterior."""

import numpy as np
import pymc as pm
import pytest
from numpy.testing import assert_array_equal
from scipy.signal import find_peaks

import pooling
from pooling import data, exact, models

BAD = 7


@pytest.fixture(scope="module", params=list(data.RECIPES))
def name(request) -> str:
    return request.param


@pytest.fixture(scope="module")
def unpooled() -> exact.Posterior:
    course = data.load_groups()
    return exact.unpooled(course.groups, course.x, course.y)


@pytest.fixture(scope="module")
def hierarchical() -> exact.Posterior:
    course = data.load_groups()
    return exact.hierarchical(course.groups, course.x, course.y)


def modes(density: np.ndarray) -> int:
    """How many peaks a density on a grid has that can be seen, a peak at an end included."""
    padded = np.concatenate([[0.0], density, [0.0]])
    return len(find_peaks(padded, prominence=0.01 * density.max())[0])


# --- the files ----------------------------------------------------------------------------------


def test_a_file_is_what_its_recipe_makes(name):
    shipped, made = data.load_groups(name), data.simulate_groups(**data.RECIPES[name])
    for field in ("groups", "x", "y", "outlier"):
        assert_array_equal(getattr(shipped, field), getattr(made, field))


def test_the_bad_group_is_the_smallest_and_holds_the_outliers(name):
    shipped = data.load_groups(name)
    assert shipped.n_groups == 8
    assert shipped.sizes.sum() == shipped.groups.size
    assert shipped.sizes.argmin() == BAD
    assert (np.delete(shipped.sizes, BAD) > 3 * shipped.sizes[BAD]).all()
    assert_array_equal(np.unique(shipped.groups[shipped.outlier]), [BAD])


def test_the_outliers_can_be_seen():
    # Rows of a scatter plot: the outliers are the farthest from the others' line by a wide gap.
    course = data.load_groups()
    fine = ~course.outlier
    slope = (course.x[fine] @ course.y[fine]) / (course.x[fine] @ course.x[fine])
    residual = np.abs(course.y - slope * course.x)
    assert residual[course.outlier].min() > 1.5 * residual[fine].max()


def test_one_name_for_each_set():
    assert_array_equal(pooling.load_groups().y, data.load_groups("course").y)
    with pytest.raises(ValueError, match="'course', 'stubborn', got 'nothing'"):
        data.load_groups("nothing")


# --- what the course's set shows ----------------------------------------------------------------


def test_unpooled_slope_of_the_bad_group_is_way_out(unpooled):
    slope = unpooled["slope"]
    assert slope.mean[BAD] > 8
    assert slope.hdi(0.94)[BAD, 0] > 3
    assert (np.abs(np.delete(slope.mean, BAD) - 2) < 0.2).all()


def test_hierarchical_slope_of_the_bad_group_is_about_two(unpooled, hierarchical):
    slope = hierarchical["slope"]
    low, high = slope.hdi(0.94)[BAD]
    assert 1.9 <= slope.mean[BAD] <= 2.15
    assert slope.sd[BAD] < 0.25
    assert low < 2 < high
    assert abs(unpooled["slope"].mean[BAD] - 2) >= 30 * abs(slope.mean[BAD] - 2)


def test_the_other_slopes_move_by_less_than_one_sd(unpooled, hierarchical):
    move = np.abs(hierarchical["slope"].mean - unpooled["slope"].mean) / unpooled["slope"].sd
    assert move[BAD] > 5
    assert (np.delete(move, BAD) < 1).all()


def test_sigma_slope_has_one_mode(hierarchical):
    sigma = hierarchical["sigma_slope"]
    grid = np.geomspace(1e-4, 20, 4000)
    assert modes(sigma.pdf(grid)) == 1
    assert modes(sigma.pdf(grid) * grid) == 1  # the density of its logarithm


def test_the_stubborn_set_has_two_modes_and_does_not_shrink():
    stubborn = data.load_groups("stubborn")
    posterior = exact.hierarchical(stubborn.groups, stubborn.x, stubborn.y)
    sigma = posterior["sigma_slope"]
    grid = np.geomspace(1e-3, 20, 4000)
    assert modes(sigma.pdf(grid)) == 2
    assert modes(sigma.pdf(grid) * grid) == 2
    assert 4 < posterior["slope"].mean[BAD] < 6
    assert posterior["slope"].hdi(0.94)[BAD, 1] > 8


def test_centered_sampling_diverges_until_it_takes_small_steps():
    course = data.load_groups()
    model = models.build_hierarchical(course.groups, course.x, course.y)

    def divergences(target_accept: float) -> np.int_:
        trace = pm.sample(
            2000,
            chains=4,
            model=model,
            target_accept=target_accept,
            random_seed=1,
            progressbar=False,
        )
        return np.asarray(trace["sample_stats"]["diverging"]).sum()

    assert divergences(0.8) >= 15  # of 8000: enough to see in a pair plot
    assert divergences(0.995) <= 8


# --- the tools ----------------------------------------------------------------------------------


def test_simulated_rows_follow_the_model():
    big = data.simulate_groups(
        1, sizes=(200_000, 300_000, 1000), mu_slope=3.0, sigma_slope=1.0, noise=2.0, outlier_group=2
    )
    slopes = np.random.default_rng(1).normal(3.0, 1.0, 3)  # drawn first, from the same seed
    for group in (0, 1):
        x, y = big.x[big.in_group(group)], big.y[big.in_group(group)]
        assert abs((x @ y) / (x @ x) - slopes[group]) < 6 * 2.0 / np.sqrt(x @ x)
        assert abs((y - slopes[group] * x).std() - 2.0) < 6 * 2.0 / np.sqrt(2 * x.size)
        assert 0.0 <= x.min() < 0.01
        assert 1.99 < x.max() <= 2.0
    assert_array_equal(np.flatnonzero(big.outlier), [500_000, 500_001])
    bad = big.in_group(2)
    assert big.x[bad].min() >= 0.1
    assert big.x[bad].max() <= 0.4
    raised = (big.y - slopes[2] * big.x)[big.outlier]
    assert (raised > 2.0 * (6 - 5)).all()
    assert (raised < 2.0 * (10 + 5)).all()


def test_simulations_differ_by_seed_only():
    one, same, other = (data.simulate_groups(seed) for seed in (5, 5, 6))
    assert_array_equal(one.y, same.y)
    assert (one.y != other.y).all()
    assert data.simulate_groups(5, decimals=1).y[3] == pytest.approx(one.y[3], abs=0.05)


@pytest.mark.parametrize("wrong", [{"outlier_group": 8}, {"outlier_group": -1}, {"n_outliers": 5}])
def test_outliers_must_fit_in_their_group(wrong):
    with pytest.raises(ValueError, match="expected an outlier group from 0 to 7"):
        data.simulate_groups(0, **wrong)


def test_in_group_refuses_what_is_no_group():
    course = data.load_groups()
    assert course.in_group(BAD).sum() == course.sizes[BAD]
    for group in (-1, 8):
        with pytest.raises(ValueError, match="from 0 to 7"):
            course.in_group(group)


@pytest.mark.parametrize(
    ("groups", "x", "y", "says"),
    [
        ([], [], [], "a row at least"),
        ([0, 1], [1.0], [1.0, 2.0], "one length"),
        ([[0]], [[1.0]], [[1.0]], "one-dimensional"),
        ([0, 1], [1.0, np.inf], [1.0, 2.0], "x must be finite; row 1"),
        ([0, 1], [1.0, 2.0], [np.nan, 2.0], "y must be finite; row 0"),
        ([0.0, np.nan], [1.0, 2.0], [1.0, 2.0], "groups must be finite; row 1"),
        ([0.0, 0.5], [1.0, 2.0], [1.0, 2.0], "whole numbers"),
        ([-1, 0], [1.0, 2.0], [1.0, 2.0], "whole numbers from 0"),
    ],
)
def test_rows_are_checked(groups, x, y, says):
    with pytest.raises(ValueError, match=says):
        data.as_rows(groups, x, y)


def test_rows_of_any_number_type_are_taken():
    groups, x, y = data.as_rows([0.0, 2.0], [1, 2], np.array([1, 2], dtype="float32"))
    assert (groups.dtype, x.dtype, y.dtype) == (np.int64, np.float64, np.float64)
    assert_array_equal(groups, [0, 2])
