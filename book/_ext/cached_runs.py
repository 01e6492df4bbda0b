"""Run a page's code again when anything that it depends on has changed.

jupyter-cache compares the code in a page and nothing else, so it would go on serving
figures of last week's data.  Here the cache's folder is named after a hash of the library's
sources, the data and the versions of what they import.  The same hash is a configuration
value, so that Sphinx, too, reads all pages anew when it changes.
"""

from __future__ import annotations

import hashlib
import os
from importlib.metadata import version
from pathlib import Path

from sphinx.application import Sphinx

LIBRARY = Path(__file__).parents[2] / "src" / "pooling"
# What the pages import, directly or through the library's top-level modules.
SOURCES = ("*.py", "*.csv", "*.mplstyle", "datasets/*", "checks/**/*.py")
# What was measured beforehand, and is shown on a page.
MEASURED = Path(__file__).parents[2] / "benchmarks"
IMPORTED = ("arviz", "matplotlib", "numpy", "nutpie", "pymc", "pytensor", "scipy", "xarray")


def fingerprint() -> str:
    """Hash what a page's results depend on besides its own code."""
    digest = hashlib.sha256()
    files = {path for pattern in SOURCES for path in LIBRARY.glob(pattern) if path.is_file()}
    for path in [*sorted(files), *sorted(MEASURED.glob("*.csv"))]:
        folder = LIBRARY if path in files else MEASURED
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes())
    for name in IMPORTED:
        digest.update(f"{name}=={version(name)}".encode())
    return digest.hexdigest()[:16]


def name_cache(app: Sphinx, config) -> None:
    """Point MyST-NB at the cache that belongs to today's library."""
    config.results_depend_on = fingerprint()
    cache = Path(app.outdir).parent / ".jupyter_cache" / config.results_depend_on
    config.nb_execution_cache_path = str(cache)


def setup(app: Sphinx) -> dict:
    """Register the configuration value and the hook that fills it."""
    # Kernels inherit this variable, and any backend but their own shows no figure.
    os.environ.pop("MPLBACKEND", None)
    app.add_config_value("results_depend_on", "", "env", str)
    app.connect("config-inited", name_cache)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
