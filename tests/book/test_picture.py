"""The picture of the README and the welcome page is what the code draws today."""

import importlib.util
import json

import matplotlib.image
import numpy as np
import pytest
from pages import BOOK
from PIL import Image

PICTURE = BOOK / "images" / "before-after.png"


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    """Draw the picture anew, and return its path."""
    spec = importlib.util.spec_from_file_location("draw", BOOK / "images" / "draw.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    path = tmp_path_factory.mktemp("picture") / "before-after.png"
    module.save(path)
    return path


def numbers(path):
    """Return the posterior means and interval ends that a picture says it shows."""
    with Image.open(path) as image:
        shown = json.loads(image.info["Description"])
    return np.array([shown["before"], shown["after"]])


def test_it_shows_todays_posteriors(drawn):
    np.testing.assert_allclose(numbers(PICTURE), numbers(drawn), atol=2e-3)
    before, after = numbers(drawn)
    assert before[7, 0] > 8 > 2.15 > after[7, 0] > 1.9


def test_it_looks_as_drawn_today(drawn):
    kept, now = (matplotlib.image.imread(path)[..., :3] for path in (PICTURE, drawn))
    assert kept.shape == now.shape == (630, 1200, 3)
    # Another version of a font engine moves edges by a fraction of a pixel, no more.
    assert np.sqrt(np.mean((kept - now) ** 2)) < 0.06
