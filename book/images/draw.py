"""Draw the before-and-after picture, for the README, the welcome page and social cards.

    python book/images/draw.py

It shows exact posteriors of the course's data, so it changes only if those do.
"""

from pathlib import Path

import matplotlib

matplotlib.use("agg")

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

import pooling

PICTURE = Path(__file__).with_name("before-after.png")


def draw() -> Figure:
    """Return the picture: the unpooled and the hierarchical slopes, with arrows."""
    pooling.plots.use_style()
    data = pooling.load_groups()
    rows = data.groups, data.x, data.y
    before, after = pooling.exact.unpooled(*rows), pooling.exact.hierarchical(*rows)
    # 1200 by 630 pixels: what a social card asks for.
    figure, ax = plt.subplots(figsize=(6.4, 3.36))
    pooling.plots.before_after(before, after, reference=after["mu_slope"].mean, ax=ax)
    ax.set_title("Eight slopes, before and after partial pooling", loc="left")
    return figure


def save(path: Path = PICTURE) -> None:
    """Write the picture, without the date and version that Matplotlib would put in."""
    figure = draw()
    figure.savefig(path, dpi=187.5, metadata={"Software": None})
    plt.close(figure)


if __name__ == "__main__":
    save()
