"""Execute the pages in parallel, and again when anything that they depend on has changed.

jupyter-cache compares the code in a page and nothing else, so it would go on serving
figures of last week's data.  Here the cache's folder is named after a hash of the library's
sources, the data and the versions of all that is installed.  The same hash is a configuration
value, so that Sphinx, too, reads all pages anew when it changes.

MyST-NB executes a page when it comes to read it, one after the other.  Here the pages that are
not in the cache are executed beforehand, as many at a time as there are processors, those with the
most models first, in kernels that have imported already (`pooling.running.warm`).  A page whose
code fails is left to MyST-NB, which runs it once more and reports it.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from concurrent.futures import ThreadPoolExecutor, as_completed
from importlib.metadata import distributions
from operator import itemgetter
from pathlib import Path

from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from jupyter_cache.executors.utils import single_nb_execution
from myst_nb.core.read import create_nb_reader
from sphinx.application import Sphinx
from sphinx.util import logging

from pooling.running import warm, warm_server

LIBRARY = Path(__file__).parents[2] / "src" / "pooling"
# What the pages import, directly or through the library's top-level modules.
SOURCES = ("*.py", "*.csv", "*.mplstyle", "datasets/*", "measured/*", "checks/**/*.py")
# What runs the course is no part of what its pages show.
HOUSEHOLD = ("__main__.py", "cli.py")
# The labeled answers, from which the page of common mistakes is made.
CORPUS = Path(__file__).parents[2] / "tests" / "corpus"
# What every kernel does at its start and after each cell: see `honest_fits`.
KERNEL = Path(__file__).parent / "kernel"

# What takes a page's time is, above all, the compiling of its models.
MODELS = re.compile(r"\bModel\(|\bbuild_")

logger = logging.getLogger(__name__)


def fingerprint() -> str:
    """Hash what a page's results depend on besides its own code."""
    digest = hashlib.sha256()
    files = {path for pattern in SOURCES for path in LIBRARY.glob(pattern) if path.is_file()}
    files = {path for path in files if path.name not in HOUSEHOLD}
    for folder, paths in (
        (LIBRARY, files),
        (CORPUS, CORPUS.glob("ps*/*.py")),
        (KERNEL, KERNEL.glob("*.py")),
    ):
        for path in sorted(paths):
            digest.update(path.relative_to(folder).as_posix().encode())
            digest.update(path.read_bytes())
    for name in sorted({f"{found.name}=={found.version}" for found in distributions()}):
        digest.update(name.encode())
    return digest.hexdigest()[:16]


def name_cache(app: Sphinx, config) -> None:
    """Point MyST-NB at the cache that belongs to today's library."""
    config.results_depend_on = fingerprint()
    beside = Path(app.outdir).parent
    config.nb_execution_cache_path = str(beside / ".jupyter_cache" / config.results_depend_on)
    prepare_kernels(beside / "ipython")


def prepare_kernels(settings: Path) -> None:
    """Have the kernels of this process run pages as the book wants them run.

    Parameters
    ----------
    settings : Path
        A folder for IPython's settings: its start-up scripts are the book's.
    """
    startup = settings / "profile_default" / "startup"
    shutil.rmtree(startup, ignore_errors=True)
    shutil.copytree(KERNEL, startup, ignore=shutil.ignore_patterns("__pycache__"))
    os.environ["IPYTHONDIR"] = str(settings)
    # Kernels inherit this variable, and any backend but their own shows no figure.
    os.environ.pop("MPLBACKEND", None)
    os.environ[warm.VARIABLE] = warm.NAME
    os.environ[warm_server.MORE] = "myst_nb.ext.glue"  # and Sphinx behind it
    # A compiler that may reorder sums rounds differently when it makes a function anew and when
    # parts of it come from PyTensor's cache: one seed would give two builds different draws.
    flags = os.environ.get("PYTENSOR_FLAGS", "")
    os.environ["PYTENSOR_FLAGS"] = ",".join(filter(None, (flags, "numba__fastmath=False")))


def execute(app: Sphinx, env, docnames: list[str]) -> None:
    """Execute those pages that Sphinx is about to read and the cache does not hold."""
    cache = get_cache(env.mystnb_config.execution_cache_path)
    waiting = []
    for docname in docnames:
        path = Path(env.doc2path(docname))
        text = path.read_text(encoding="utf-8")
        reader = create_nb_reader(str(path), env.myst_config, env.mystnb_config, text)
        if reader is None:
            continue
        notebook = reader.read(text)
        if not any(cell.cell_type == "code" for cell in notebook.cells):
            continue
        try:
            cache.match_cache_notebook(notebook)
        except KeyError:
            waiting.append(((len(MODELS.findall(text)), len(text)), path, notebook))
    if len(waiting) < 2:
        return
    timeout = env.mystnb_config.execution_timeout
    done = 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        runs = {
            pool.submit(single_nb_execution, notebook, str(path.parent), timeout, False): path
            for _, path, notebook in sorted(waiting, key=itemgetter(0), reverse=True)
        }
        for run in as_completed(runs):
            result, path = run.result(), runs[run]
            done += 1
            logger.info("executed %d of %d: %s, %.0f s", done, len(runs), path.stem, result.time)
            if result.err is None:
                cache.cache_notebook_bundle(
                    CacheBundleIn(result.nb, str(path), data={"execution_seconds": result.time}),
                    check_validity=False,
                    overwrite=True,
                )


def setup(app: Sphinx) -> dict:
    """Register the configuration value and the hooks."""
    app.add_config_value("results_depend_on", "", "env", str)
    app.connect("config-inited", name_cache)
    # After Sphinx and its extensions have said what they want to have read.
    app.connect("env-before-read-docs", execute, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
