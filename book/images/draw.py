"""Draw the before-and-after picture, for the README, the welcome page and social cards.

    python book/images/draw.py

It shows exact posteriors of the course's data, so it changes only if those do.
"""

import json
from pathlib import Path

import matplotlib

matplotlib.use("agg")

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

import pooling

PICTURE = Path(__file__).with_name("before-after.png")


def posteriors() -> tuple[pooling.exact.Posterior, pooling.exact.Posterior]:
    """Return the exact posteriors without pooling and with partial pooling."""
    data = pooling.load_groups()
    rows = data.groups, data.x, data.y
    return pooling.exact.unpooled(*rows), pooling.exact.hierarchical(*rows)


def numbers() -> str:
    """Return what the picture shows: for each slope its mean and the ends of its 94 % HDI."""
    shown = {}
    for name, posterior in zip(("before", "after"), posteriors(), strict=True):
        slope = posterior["slope"]
        shown[name] = np.column_stack([slope.mean, slope.hdi(0.94)]).round(4).tolist()
    return json.dumps(shown)


def draw() -> Figure:
    """Return the picture: the unpooled and the hierarchical slopes, with arrows."""
    pooling.plots.use_style()
    before, after = posteriors()
    # 1200 by 630 pixels: what a social card asks for.
    figure, ax = plt.subplots(figsize=(6.4, 3.36))
    pooling.plots.before_after(before, after, reference=after["mu_slope"].mean, ax=ax)
    ax.set_title("Eight slopes, before and after partial pooling", loc="left")
    return figure


def save(path: Path = PICTURE) -> None:
    """Write the picture with its numbers in it, but without Matplotlib's version."""
    figure = draw()
    figure.savefig(path, dpi=187.5, metadata={"Software": None, "Description": numbers()})
    plt.close(figure)


if __name__ == "__main__":
    save()
