"""The figures show what they say: positions, labels and marks, not merely that they draw."""

import subprocess
import sys

import matplotlib

matplotlib.use("agg")

import matplotlib.pyplot as plt
import numpy as np
import pytest
import xarray as xr
from matplotlib.colors import to_rgb

import pooling
from pooling import exact, plots


@pytest.fixture(autouse=True)
def _clean_figures():
    """Each test starts with the course's style and leaves no figure open."""
    plots.use_style()
    yield
    plt.close("all")


@pytest.fixture(scope="module")
def data():
    return pooling.load_groups()


@pytest.fixture(scope="module")
def before(data):
    return exact.unpooled(data.groups, data.x, data.y)


@pytest.fixture(scope="module")
def after(data):
    return exact.hierarchical(data.groups, data.x, data.y)


def points(ax, marker):
    """Return the points of an axes' lines that are drawn with one marker, shape (n, 2)."""
    lines = [line for line in ax.lines if line.get_marker() == marker]
    return np.concatenate([np.column_stack(line.get_data()) for line in lines])


def test_intervals_of_draws_and_of_the_exact_posterior_agree(after):
    exactly = plots.intervals(after)
    drawn = plots.intervals(after.draws(draws=20_000, chains=2, seed=1))
    np.testing.assert_allclose(drawn.mean, exactly.mean, atol=3e-3)
    np.testing.assert_allclose(drawn.wide, exactly.wide, atol=2e-2)
    assert (exactly.wide[:, 0] < exactly.half[:, 0]).all()
    assert (exactly.half[:, 1] < exactly.wide[:, 1]).all()
    assert plots.intervals(after, "mu_slope").wide.shape == (1, 2)
    with pytest.raises(KeyError):
        plots.intervals(after, "intercept")


def test_scatter_shows_each_group_in_its_panel(data):
    fig, axes = plots.scatter_groups(data)
    assert len(axes) == data.n_groups
    for j, ax in enumerate(axes):
        rows = data.in_group(j)
        shown = np.concatenate([points(ax, "o"), points(ax, "^")])
        expected = np.column_stack([data.x[rows], data.y[rows]])
        np.testing.assert_array_equal(shown[np.lexsort(shown.T)], expected[np.lexsort(expected.T)])
        assert len(points(ax, "^")) == data.outlier[rows].sum()
        assert ax.get_title() == f"group {j} (n = {rows.sum()})"
        low, high = ax.get_ylim()
        assert low < data.y.min()
        assert high > data.y.max()
    assert len(points(axes[7], "^")) >= 2
    assert fig.get_supxlabel() == "x"


def test_scatter_draws_lines_of_the_given_slopes(data):
    slopes = np.arange(1.0, 9.0)
    _, axes = plots.scatter_groups(data, slopes=slopes, common_slope=2.5, columns=3)
    for slope, ax in zip(slopes, axes, strict=True):
        ends = {
            line.get_linestyle(): np.ptp(line.get_ydata()) / np.ptp(line.get_xdata())
            for line in ax.lines
            if line.get_linestyle() != "None"
        }
        assert ends == pytest.approx({"-": slope, "--": 2.5})
    with pytest.raises(ValueError, match="8 slopes"):
        plots.scatter_groups(data, slopes=[1.0, 2.0])


@pytest.mark.parametrize("kind", ["exact", "draws"])
def test_forest_shows_means_and_intervals_of_all_groups(after, kind):
    source = after if kind == "exact" else after.draws(seed=3)
    collection = plots.forest(source, reference=2.0, label="slope of the group")
    ax = collection.viz["figure"].item().axes[-1]
    assert ax.get_xlabel() == "slope of the group"
    bars = [np.asarray(line.get_xdata(), float) for line in ax.lines]
    widths = sorted(np.ptp(b) for b in bars if len(b) == 2 and np.ptp(b) > 0)
    assert len(widths) == 2 * 8  # one 50 % and one 94 % bar a group: chains are combined
    wide = np.sort(np.ptp(after["slope"].hdi(0.94), axis=1))
    np.testing.assert_allclose(widths[8:], wide, rtol=0.12)
    assert any(len(set(b)) == 1 and b[0] == 2.0 for b in bars)


def test_before_and_after_stand_at_their_groups_with_one_arrow(before, after):
    ax = plots.before_after(before, after, reference=1.97)
    old, new = points(ax, "s"), points(ax, "o")
    np.testing.assert_allclose(old[:, 0], before["slope"].mean)
    np.testing.assert_allclose(new[:, 0], after["slope"].mean)
    assert (np.abs(old[:, 1] - np.arange(8)) < 0.3).all()
    assert (np.abs(new[:, 1] - np.arange(8)) < 0.3).all()
    arrows = [text for text in ax.texts if text.arrow_patch is not None]  # type: ignore[attr-defined]
    assert len(arrows) == 1
    tail, head = arrows[0].xyann[0], arrows[0].xy[0]  # type: ignore[attr-defined]
    assert (tail, head) == pytest.approx((before["slope"].mean[7], after["slope"].mean[7]))
    assert [label.get_text() for label in ax.get_yticklabels()] == [f"group {j}" for j in range(8)]
    assert ax.yaxis_inverted()
    legend = ax.get_legend()
    assert legend is not None
    assert [t.get_text() for t in legend.get_texts()] == ["no pooling", "partial pooling"]
    wide = ax.collections[0].get_segments()  # type: ignore[attr-defined]
    np.testing.assert_allclose([s[:, 0] for s in wide], before["slope"].hdi(0.94))
    with pytest.raises(ValueError, match="8 groups before, but 1 after"):
        plots.before_after(before, exact.unpooled([0, 0], [1.0, 2.0], [2.0, 4.1]))


def test_shrinkage_is_drawn_at_the_groups_sizes(before, after, data):
    ax = plots.shrinkage_by_size(before, after, data.sizes, population=1.97)
    np.testing.assert_allclose(points(ax, "s"), np.c_[data.sizes, before["slope"].mean])
    np.testing.assert_allclose(points(ax, "o"), np.c_[data.sizes, after["slope"].mean])
    # Two groups of one size share a label, so every group is named exactly once.
    named = sorted(int(j) for text in ax.texts for j in text.get_text().split(","))
    assert named == list(range(8))
    dotted = [line for line in ax.lines if line.get_linestyle() == ":"]
    assert [line.get_ydata()[0] for line in dotted] == [1.97]  # type: ignore[index]
    with pytest.raises(ValueError, match="3 sizes"):
        plots.shrinkage_by_size(before, after, [1, 2, 3])


def test_prior_predictive_draws_one_world_a_panel():
    slopes = np.random.default_rng(0).normal(size=(10, 5))
    _, axes = plots.prior_predictive(slopes, panels=4, x_max=3.0)
    assert len(axes) == 4
    for world, ax in zip(slopes[:4], axes, strict=True):
        ends = [line.get_ydata()[-1] / 3.0 for line in ax.lines]
        np.testing.assert_allclose(ends, world)
        assert ax.get_ylim()[1] >= 3.0 * np.abs(slopes[:4]).max()
    _, axes = plots.prior_predictive(slopes, y_max=1.5)
    assert axes[0].get_ylim() == (-1.5, 1.5)
    with pytest.raises(ValueError, match="at least 6 draws"):
        plots.prior_predictive(slopes[:3])


def test_funnel_tells_divergent_draws_from_the_others(after):
    tree = after.draws(draws=50, chains=2, seed=5)
    diverging = np.zeros((2, 50), dtype=bool)
    diverging[1, :3] = True
    stats = xr.Dataset({"diverging": (("chain", "draw"), diverging)})
    tree["sample_stats"] = xr.DataTree(stats)
    ax = plots.funnel(tree, group=7)
    slope = tree["posterior"]["slope"].values[..., 7]
    log_sigma = np.log(tree["posterior"]["sigma_slope"].values)
    np.testing.assert_allclose(points(ax, "x"), np.c_[slope[diverging], log_sigma[diverging]])
    assert len(points(ax, ".")) == 97
    assert ax.get_xlabel() == "slope of group 7"
    legend = ax.get_legend()
    assert legend is not None
    assert legend.get_texts()[0].get_text() == "divergences (3)"
    with pytest.raises(ValueError, match="from 0 to 7"):
        plots.funnel(tree, group=8)


def test_funnel_takes_draws_without_a_sampler(after):
    ax = plots.funnel(after.draws(draws=20, chains=1, seed=1), group=0)
    assert len(points(ax, ".")) == 20
    assert ax.get_legend() is None


def test_slopes_against_sigma_are_the_conditional_means(after):
    sigma = np.linspace(0.01, 0.3, 7)
    _, (upper, lower) = plots.slopes_against_sigma(after, sigma)
    means, _ = after.slopes_given_sigma(sigma)
    np.testing.assert_allclose([line.get_ydata() for line in upper.lines], means.T)
    np.testing.assert_allclose(lower.lines[0].get_ydata(), after["sigma_slope"].pdf(sigma))
    text = ", ".join(t.get_text() for t in upper.texts)
    named = set()
    for part in text.split(", "):
        first, _, last = part.partition(" to ")
        named.update(range(int(first), int(last or first) + 1))
    assert named == set(range(8))
    _, (upper, _) = plots.slopes_against_sigma(after)
    assert upper.lines[0].get_xdata()[-1] > after["sigma_slope"].quantile(0.999)


def _luminance(color):
    c = np.array(to_rgb(color))
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4) @ [
        0.2126,
        0.7152,
        0.0722,
    ]


@pytest.mark.parametrize("name", ["text.color", "axes.labelcolor", "xtick.color", "ytick.color"])
def test_text_is_legible_on_the_figures_background(name):
    background = plt.rcParams["figure.facecolor"]
    assert background == plt.rcParams["savefig.facecolor"] == "white"
    assert 1.05 / (_luminance(plt.rcParams[name]) + 0.05) >= 7


def test_the_colors_of_the_models_differ_in_lightness_or_marker(before, after):
    ax = plots.before_after(before, after)
    assert len({str(line.get_marker()) for line in ax.lines}) == 2
    colors = [plots.UNPOOLED, plots.PARTIAL, plots.POOLED]
    assert len(set(colors)) == 3
    okabe_ito = {"#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#D55E00", "#CC79A7"}
    assert set(colors) <= okabe_ito


def test_the_module_imports_neither_pymc_nor_arviz():
    code = "import sys, pooling.plots; print({'pymc', 'arviz'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
