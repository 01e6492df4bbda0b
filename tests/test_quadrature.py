"""The trapezoidal rule on a line, against densities whose integrals are known."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy import stats

from pooling.quadrature import (
    DEPTH,
    LineDensity,
    Support,
    bracket,
    draw_rows,
    find_support,
    maximize,
    sinc_integral,
)

SUPPORTS = [
    Support(),
    Support(center=-7.0),
    Support(low=0.3),
    Support(0.0, 5.0),
    Support(0.2, 0.3, center=1.5),
]


def normal_density(nodes: int = 41, sd: float = 0.7) -> LineDensity:
    """A normal density about 0.2, on nodes that go out to nine sds."""
    u = np.linspace(0.2 - 9 * sd, 0.2 + 9 * sd, nodes)
    mass = stats.norm.pdf(u, 0.2, sd) * (u[1] - u[0])
    return LineDensity(u, mass / mass.sum())


@pytest.mark.parametrize("support", SUPPORTS)
def test_support_maps_the_line_onto_the_interval(support):
    u = np.linspace(-2.5, 2.5, 51)
    scale = support.to_scale(u)
    assert (np.diff(scale) > 0).all()
    assert (scale > support.low).all()
    assert (scale < support.high).all()
    assert_allclose(support.to_line(scale), u, atol=1e-9)


@pytest.mark.parametrize("support", SUPPORTS)
def test_log_jacobian_is_the_log_of_the_derivative(support):
    u, step = np.linspace(-2.0, 2.0, 21), 1e-5
    slope = (support.to_scale(u + step) - support.to_scale(u - step)) / (2 * step)
    assert_allclose(support.log_jacobian(u), np.log(slope), atol=1e-7)


def test_support_sends_its_ends_to_infinity():
    assert_allclose(
        Support(0.1, 2.0).to_line([0.0, 0.1, 2.0, 3.0]), [-np.inf, -np.inf] + [np.inf] * 2
    )
    assert_allclose(Support(0.1).to_line([0.0, 0.1]), [-np.inf, -np.inf])


@pytest.mark.parametrize("support", SUPPORTS)
def test_recentering_moves_the_center_and_nothing_else(support):
    moved = support.recentered(0.8)
    assert_allclose(moved.to_scale(0.0), support.to_scale(0.8), rtol=1e-14)
    assert (moved.low, moved.high) == (support.low, support.high)


def test_find_support_asks_a_scipy_distribution():
    assert find_support(stats.uniform(0.5, 2.0)) == Support(0.5, 2.5)
    assert find_support(stats.norm()) == Support(0.0, np.inf)  # a scale's part of the line


@pytest.mark.parametrize(("low", "high"), [(0.0, np.inf), (0.25, np.inf), (0.0, 3.0), (0.02, 3e5)])
def test_find_support_finds_the_edges_of_a_plain_function(low, high):
    support = find_support(lambda s: np.where((s >= low) & (s <= high), -s, -np.inf))
    assert_allclose([support.low, support.high], [low, high], rtol=1e-14)


@pytest.mark.parametrize(
    ("log_density", "says"),
    [
        (lambda s: np.full_like(s, -np.inf), "-inf at every value"),
        (lambda s: np.full_like(s, np.nan), "NaN"),
        (lambda s: np.where((s > 1) & (s < 4), -np.inf, 0.0), "without holes"),
    ],
)
def test_find_support_refuses_what_is_no_density_on_an_interval(log_density, says):
    with pytest.raises(ValueError, match=says):
        find_support(log_density)


def test_sinc_integral_is_the_integral_of_sinc():
    z, t = np.array([-3.3, -0.2, 0.0, 1.0, 7.5]), np.linspace(0.0, 1.0, 20_001)
    expected = 0.5 + z * np.trapezoid(np.sinc(z[:, None] * t), t, axis=1)
    assert_allclose(sinc_integral(z), expected, atol=1e-7)


def test_line_density_is_right_between_its_nodes():
    density = normal_density()
    u = np.linspace(-4.0, 4.0, 333)
    assert_allclose(density.pdf(u), stats.norm.pdf(u, 0.2, 0.7), atol=1e-9)
    assert_allclose(density.cdf(u), stats.norm.cdf(u, 0.2, 0.7), atol=1e-9)
    assert_allclose(density.cdf([-np.inf, np.inf]), [0.0, 1.0], atol=1e-12)


def test_line_density_inverts_its_cdf():
    density = normal_density()
    q = np.array([[1e-6, 0.03, 0.5], [0.7, 0.97, 1 - 1e-6]])
    assert_allclose(density.solve(q), stats.norm.ppf(q, 0.2, 0.7), rtol=1e-6, atol=1e-8)
    assert_allclose(density.cdf(density.solve(q)), q, rtol=1e-10)
    assert density.solve(0.5).shape == ()


def test_the_table_of_a_cdf_agrees_with_it():
    density = normal_density(nodes=36)
    u, cdf = density.table
    assert (np.diff(u) > 0).all()
    assert (np.diff(cdf) >= 0).all()
    assert_allclose(cdf, density.cdf(u), atol=1e-8)
    q = np.random.default_rng(3).uniform(size=1000)
    assert_allclose(density.cdf(density.draw(q)), q, atol=1e-4)


def test_draw_rows_inverts_every_row_by_itself():
    nodes = np.linspace(-8.0, 8.0, 49)
    center = np.linspace(-1.0, 1.0, 500)
    factor = np.linspace(0.1, 10.0, 500)  # rows need not be normalized
    rows = factor[:, None] * stats.norm.pdf(nodes, center[:, None], 0.8)
    q = np.random.default_rng(4).uniform(size=500)
    drawn = draw_rows(nodes, rows, q)
    assert_allclose(stats.norm.cdf(drawn, center, 0.8), q, atol=1e-5)


def test_bracket_holds_the_mass_and_the_second_moment():
    # A density of s like s^-4: its log on the line of logarithms, and that of s^2 times it.
    low, high, peak = bracket(lambda u: u - 4 * np.logaddexp(0, u), lambda u: u, 100.0, "s")
    assert low < -DEPTH < -DEPTH + 3 * DEPTH / 13 < high
    assert high > DEPTH  # for the density alone, a third of that would do
    assert abs(peak) < 2
    narrow = bracket(lambda u: -0.5 * ((u - 1) / 1e-3) ** 2, lambda u: u, 5.0, "s")
    assert_allclose(narrow, [1 - 9e-3, 1 + 9e-3, 1], atol=1e-3)


@pytest.mark.parametrize(
    ("log_density", "says"),
    [
        (lambda u: -u, "of s does not die out toward its lower end"),
        (lambda u: u - 2 * np.logaddexp(0, u), "of s does not die out toward its upper end"),
        (lambda u: np.full_like(u, np.nan), "of s is not finite"),
    ],
)
def test_bracket_refuses_a_density_without_mass_or_variance(log_density, says):
    with pytest.raises(ValueError, match=says):
        bracket(log_density, lambda u: u, 100.0, "s")


def test_maximize_finds_each_function_its_peak():
    peaks = np.array([[-4.0], [0.123], [4.9]])
    heights = maximize(lambda u: 3 - (u - peaks) ** 2, -5.0, 5.0, 3)
    assert_allclose(heights, 3.0, atol=1e-5)
    assert (heights <= 3.0).all()
