"""The course's figures.

Each function draws one picture of the story and returns Matplotlib's (or ArviZ's) own objects,
so that a reader can go on from there. Wherever posteriors are asked for, both kinds serve: an
exact one (`pooling.exact.Posterior`) and a sampler's DataTree.

No pooling is drawn with orange-red squares, partial pooling with blue circles, complete pooling
with a green dashed line, everywhere alike: the shapes carry the meaning where the colors do not.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any

import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import ArrayLike, NDArray

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from pooling.data import Groups

Array = NDArray[np.float64]

UNPOOLED = "#D55E00"
PARTIAL = "#0072B2"
POOLED = "#009E73"
OUTLIER = "#D55E00"
INK = "#1a1a1a"
FAINT = "#767676"


def use_style() -> None:
    """Apply the course's style sheet to every figure drawn from here on.

    In a notebook, figures become SVG, which is sharp at any size.
    """
    with as_file(files("pooling") / "pooling.mplstyle") as path:
        plt.style.use(path)
    try:
        from IPython.core.getipython import get_ipython
        from matplotlib_inline.backend_inline import set_matplotlib_formats
    except ImportError:  # a script's environment may have neither
        return
    if getattr(get_ipython(), "kernel", None) is not None:
        set_matplotlib_formats("svg")


@dataclass(frozen=True)
class Intervals:
    """Posterior means and highest density intervals of one parameter, group by group.

    Attributes
    ----------
    mean : array, shape (J,)
    half, wide : array, shape (J, 2)
        Low and high ends of the 50 % and the 94 % HDI.
    """

    mean: Array
    half: Array
    wide: Array


def intervals(posterior: Any, name: str = "slope") -> Intervals:
    """Summarize one parameter of a posterior.

    Parameters
    ----------
    posterior : pooling.exact.Posterior or xarray.DataTree
        Exact, or a sampler's draws with dimensions chain and draw, which are combined.
    name : str
        A scalar parameter counts as one group.

    Returns
    -------
    Intervals

    Raises
    ------
    KeyError
        If the posterior has no such parameter.
    """
    if hasattr(posterior, "children"):
        import arviz as az

        draws = posterior["posterior"][name]
        ends = [np.asarray(az.hdi(draws, prob=prob, dim=("chain", "draw"))) for prob in (0.5, 0.94)]
        mean = np.asarray(draws.mean(("chain", "draw")))
    else:
        marginal = posterior[name]
        ends = [np.asarray(marginal.hdi(prob)) for prob in (0.5, 0.94)]
        mean = np.asarray(marginal.mean)
    return Intervals(np.atleast_1d(mean), np.atleast_2d(ends[0]), np.atleast_2d(ends[1]))


def scatter_groups(
    data: Groups,
    *,
    slopes: ArrayLike | None = None,
    common_slope: float | None = None,
    columns: int = 4,
) -> tuple[Figure, NDArray[Any]]:
    """Plot the rows of each group in a panel of its own.

    Parameters
    ----------
    data : Groups
        Outliers are drawn as triangles.
    slopes : array of shape (J,), optional
        A line through the origin for each group.
    common_slope : float, optional
        One dashed line for all.
    columns : int
        Panels in a row.

    Returns
    -------
    fig : Figure
    axes : array of Axes, shape (J,)
        In the order of the groups.

    Raises
    ------
    ValueError
        If there is not one slope for each group.
    """
    if slopes is not None and np.shape(slopes) != (data.n_groups,):
        raise ValueError(f"expected {data.n_groups} slopes, got shape {np.shape(slopes)}")
    rows = -(-data.n_groups // columns)
    fig, grid = plt.subplots(
        rows,
        columns,
        sharex=True,
        sharey=True,
        squeeze=False,
        figsize=(1.75 * columns, 1.9 * rows + 0.5),
    )
    axes = grid.ravel()
    ends = np.array([0.0, data.x.max() * 1.05])
    for j, ax in enumerate(axes[: data.n_groups]):
        usual = data.in_group(j) & ~data.outlier
        odd = data.in_group(j) & data.outlier
        ax.plot(data.x[usual], data.y[usual], "o", color=INK, ms=4, alpha=0.65)
        ax.plot(data.x[odd], data.y[odd], "^", color=OUTLIER, mec=INK, ms=8)
        if common_slope is not None:
            ax.plot(ends, common_slope * ends, "--", color=POOLED)
        if slopes is not None:
            ax.plot(ends, np.asarray(slopes)[j] * ends, "-", color=PARTIAL)
        ax.set_title(f"group {j} (n = {data.sizes[j]})", fontsize=11)
    for ax in axes[data.n_groups :]:
        ax.set_axis_off()
    # A line as steep as the bad group's must not flatten the others' panels.
    low, high = min(0.0, data.y.min()), data.y.max()
    axes[0].set_ylim(low - 0.05 * (high - low), high + 0.05 * (high - low))
    fig.supxlabel("x", fontsize=12)
    fig.supylabel("y", fontsize=12)
    return fig, axes[: data.n_groups]


def forest(
    posterior: Any,
    *,
    name: str = "slope",
    reference: float | None = None,
    label: str | None = None,
    color: str = PARTIAL,
) -> Any:
    """Draw ArviZ's forest plot with chains combined: mean, 50 % HDI and 94 % HDI of each group.

    Parameters
    ----------
    posterior : pooling.exact.Posterior or xarray.DataTree
        From an exact posterior, independent draws are plotted.
    name : str
        The parameter.
    reference : float, optional
        Where to draw a dotted line.
    label : str, optional
        The x axis' label; the parameter's name unless told.
    color : str
        Of the intervals.

    Returns
    -------
    arviz_plots.PlotCollection
        As `arviz.plot_forest` returns it.
    """
    import arviz as az

    tree = posterior if hasattr(posterior, "children") else posterior.draws(seed=0)
    names = {str(dim) for dim in tree["posterior"][name].dims} - {"chain", "draw"}
    collection = az.plot_forest(
        tree,
        var_names=[name],
        combined=True,
        ci_kind="hdi",
        ci_probs=(0.5, 0.94),
        point_estimate="mean",
        labels=sorted(names) or None,
        visuals={
            "trunk": {"color": color},
            "twig": {"color": color},
            "point_estimate": {"color": color, "facecolor": "white"},
        },
        figure_kwargs={"figsize": (6.4, 3.6), "width_ratios": [1, 6]},
    )
    fig = collection.viz["figure"].item()
    margin, axes = fig.axes[0], fig.axes[-1]
    margin.grid(visible=False)
    margin.spines[:].set_visible(False)
    axes.grid(visible=False, axis="y")
    axes.set_xlabel(label or name)
    if reference is not None:
        axes.axvline(reference, ls=":", lw=1.5, color=INK, zorder=0)
    return collection


def before_after(
    before: Any,
    after: Any,
    *,
    name: str = "slope",
    reference: float | None = None,
    labels: tuple[str, str] = ("no pooling", "partial pooling"),
    ax: Axes | None = None,
) -> Axes:
    """Draw two posteriors group by group, with an arrow from the old mean to the new one.

    Parameters
    ----------
    before, after : pooling.exact.Posterior or xarray.DataTree
        Of the same groups.
    name : str
        The parameter.
    reference : float, optional
        Where to draw a dotted line, such as the population's mean.
    labels : (str, str)
        What the legend calls the two.
    ax : Axes, optional
        Where to draw; a new figure unless given.

    Returns
    -------
    Axes
        Group j stands at height j, group 0 on top; thin bars are 94 % HDIs, thick ones 50 %.

    Raises
    ------
    ValueError
        If the two have different numbers of groups.
    """
    old, new = intervals(before, name), intervals(after, name)
    if old.mean.shape != new.mean.shape:
        raise ValueError(f"{old.mean.size} groups before, but {new.mean.size} after")
    if ax is None:
        _, ax = plt.subplots(figsize=(6.4, 4.6))
    rows = np.arange(old.mean.size)
    styles = ((old, UNPOOLED, "s", -0.17), (new, PARTIAL, "o", 0.17))
    for (summary, color, marker, shift), text in zip(styles, labels, strict=True):
        at = rows + shift
        ax.hlines(at, *summary.wide.T, color=color, lw=1.5)
        ax.hlines(at, *summary.half.T, color=color, lw=4.5)
        ax.plot(summary.mean, at, marker, color="white", mec=color, mew=2, ms=7, label=text)
    # An arrow shorter than its head is a smudge: leave it out.
    span = np.ptp(np.concatenate([old.wide.ravel(), new.wide.ravel()]))
    for j in rows[np.abs(new.mean - old.mean) > 0.05 * span]:
        ax.annotate(
            "",
            xy=(new.mean[j], j + 0.1),
            xytext=(old.mean[j], j - 0.1),
            arrowprops={"arrowstyle": "-|>", "color": INK, "lw": 1.5, "shrinkA": 8, "shrinkB": 8},
        )
    if reference is not None:
        ax.axvline(reference, ls=":", lw=1.5, color=INK, zorder=0)
    ax.set_yticks(rows, [f"group {j}" for j in rows])
    ax.set_ylim(rows[-1] + 0.6, -0.6)
    ax.grid(visible=False, axis="y")
    ax.set_xlabel(name)
    ax.legend(loc="upper right")
    return ax


def shrinkage_by_size(
    unpooled: Any,
    partial: Any,
    sizes: ArrayLike,
    *,
    population: float | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Plot posterior mean slopes against group size, before and after pooling.

    Parameters
    ----------
    unpooled, partial : pooling.exact.Posterior or xarray.DataTree
        Of the same groups.
    sizes : array of int, shape (J,)
        Rows of each group.
    population : float, optional
        The population's mean slope, drawn as a dotted line.
    ax : Axes, optional
        Where to draw; a new figure unless given.

    Returns
    -------
    Axes

    Raises
    ------
    ValueError
        If there is not one size for each group.
    """
    old, new = intervals(unpooled).mean, intervals(partial).mean
    sizes = np.asarray(sizes)
    if not old.shape == new.shape == sizes.shape:
        raise ValueError(f"{old.size} and {new.size} slopes, but {sizes.size} sizes")
    if ax is None:
        _, ax = plt.subplots()
    if population is not None:
        ax.axhline(population, ls=":", lw=1.5, color=INK, label="population mean")
    ax.vlines(sizes, old, new, color=FAINT, lw=1.5)
    ax.plot(sizes, old, "s", color=UNPOOLED, mfc="white", mew=2, label="no pooling")
    ax.plot(sizes, new, "o", color=PARTIAL, label="partial pooling")
    # Groups of one size stand in one column and share a label.
    for size in np.unique(sizes):
        column = sizes == size
        text = ", ".join(map(str, np.flatnonzero(column)))
        top = max(old[column].max(), new[column].max())
        ax.annotate(text, (size, top), (0, 8), textcoords="offset points", ha="center", fontsize=11)
    ax.set_xlabel("rows in the group")
    ax.set_ylabel("posterior mean of slope")
    ax.margins(y=0.15)
    ax.legend()
    return ax


def prior_predictive(
    slopes: ArrayLike, *, panels: int = 6, x_max: float = 2.0, y_max: float | None = None
) -> tuple[Figure, NDArray[Any]]:
    """Draw the lines that a prior expects, before any data.

    Parameters
    ----------
    slopes : array, shape (draws, J)
        Slopes drawn from the prior; each draw is one imaginary world of J groups.
    panels : int
        How many of the draws to show, the first ones, each in a panel.
    x_max : float
        The lines run from the origin to here.
    y_max : float, optional
        Half the height of every panel; what holds all lines unless told.

    Returns
    -------
    fig : Figure
    axes : array of Axes, shape (panels,)

    Raises
    ------
    ValueError
        If `slopes` has not two dimensions or fewer draws than panels.
    """
    slopes = np.asarray(slopes, dtype=float)
    if slopes.ndim != 2 or len(slopes) < panels:
        raise ValueError(f"expected at least {panels} draws by J slopes, got {slopes.shape}")
    columns = min(3, panels)
    rows = -(-panels // columns)
    fig, grid = plt.subplots(
        rows,
        columns,
        sharex=True,
        sharey=True,
        squeeze=False,
        figsize=(2.15 * columns, 1.7 * rows + 0.5),
    )
    axes = grid.ravel()
    ends = np.array([0.0, x_max])
    for world, ax in zip(slopes[:panels], axes, strict=False):
        ax.plot(ends, np.outer(ends, world), color=PARTIAL, lw=1.3, alpha=0.8)
    for ax in axes[panels:]:
        ax.set_axis_off()
    limit = y_max or 1.05 * x_max * np.abs(slopes[:panels]).max()
    axes[0].set_ylim(-limit, limit)
    fig.supxlabel("x", fontsize=12)
    fig.supylabel(r"slope $\times$ x", fontsize=12)
    return fig, axes[:panels]


def funnel(trace: Any, group: int = 0, *, ax: Axes | None = None) -> Axes:
    """Plot draws of one slope against log sigma_slope, with divergences marked.

    Parameters
    ----------
    trace : xarray.DataTree
        With ``slope`` and ``sigma_slope`` in the group ``posterior``, and, from a sampler,
        ``diverging`` in the group ``sample_stats``.
    group : int
        Which slope.
    ax : Axes, optional
        Where to draw; a new figure unless given.

    Returns
    -------
    Axes
        Draws are dots, divergent ones crosses.

    Raises
    ------
    ValueError
        If there is no such group.
    """
    posterior = trace["posterior"]
    slopes = posterior["slope"].transpose("chain", "draw", ...).values
    if not 0 <= group < slopes.shape[-1]:
        raise ValueError(f"expected a group from 0 to {slopes.shape[-1] - 1}, got {group!r}")
    slope = slopes[..., group].ravel()
    log_sigma = np.log(posterior["sigma_slope"].transpose("chain", "draw").values.ravel())
    diverging = np.zeros(slope.size, dtype=bool)
    if "sample_stats" in trace.children and "diverging" in trace["sample_stats"]:
        stats = trace["sample_stats"]["diverging"]
        diverging = stats.transpose("chain", "draw").values.ravel().astype(bool)
    if ax is None:
        _, ax = plt.subplots()
    # Thousands of dots as shapes would make the file of a megabyte: these become pixels.
    fine = ~diverging
    ax.plot(slope[fine], log_sigma[fine], ".", color=PARTIAL, ms=3, alpha=0.4, rasterized=True)
    ax.plot(
        slope[diverging],
        log_sigma[diverging],
        "x",
        color=UNPOOLED,
        mew=2,
        label=f"divergences ({diverging.sum()})",
    )
    ax.set_xlabel(f"slope of group {group}")
    ax.set_ylabel("log of sigma_slope")
    if diverging.any():
        ax.legend()
    return ax


def slopes_against_sigma(
    posterior: Any, sigma: ArrayLike | None = None
) -> tuple[Figure, NDArray[Any]]:
    """Plot every slope's mean as sigma_slope is held fixed, and how plausible each sigma_slope is.

    Parameters
    ----------
    posterior : pooling.exact.Posterior
        Of the hierarchical model.
    sigma : array of shape (m,), optional
        Values of sigma_slope; 60 of them from about zero to four times the upper end of its
        94 % HDI unless told.

    Returns
    -------
    fig : Figure
    axes : array of Axes, shape (2,)
        Above, a line for each group; below, the posterior density of sigma_slope.
    """
    if sigma is None:
        top = 4 * float(posterior["sigma_slope"].hdi(0.94)[1])
        sigma = np.linspace(top / 400, top, 60)
    sigma = np.asarray(sigma, dtype=float)
    means, _ = posterior.slopes_given_sigma(sigma)
    fig, axes = plt.subplots(
        2, 1, sharex=True, figsize=(6.4, 5.2), gridspec_kw={"height_ratios": [3, 1.3]}
    )
    last = means.shape[1] - 1
    dashes = ["-", "--", "-.", ":"]
    for j in range(means.shape[1]):
        color = UNPOOLED if j == last else PARTIAL
        axes[0].plot(sigma, means[:, j], dashes[j % 4], color=color, lw=1.6)
    # The lines of the well-measured groups end in one place; one name for each would collide.
    order = np.argsort(means[-1])
    gap = 0.045 * np.ptp(means)
    bundles: list[list[int]] = []
    for j in order:
        if bundles and means[-1, j] - means[-1, bundles[-1][-1]] < gap:
            bundles[-1].append(int(j))
        else:
            bundles.append([int(j)])
    for bundle in bundles:
        text = ", ".join(map(str, sorted(bundle)))
        if len(bundle) > 2 and sorted(bundle) == list(range(min(bundle), max(bundle) + 1)):
            text = f"{min(bundle)} to {max(bundle)}"
        axes[0].annotate(
            text,
            (sigma[-1], float(means[-1, bundle].mean())),
            (5, 0),
            textcoords="offset points",
            va="center",
            annotation_clip=False,
        )
    axes[0].set_ylabel("mean of slope")
    density = posterior["sigma_slope"].pdf(sigma)
    axes[1].fill_between(sigma, density, color=PARTIAL, alpha=0.25)
    axes[1].plot(sigma, density, color=PARTIAL)
    axes[1].set_ylim(bottom=0)
    axes[1].set_yticks([])
    axes[1].set_ylabel("how plausible")
    axes[1].set_xlabel("sigma_slope")
    return fig, axes
