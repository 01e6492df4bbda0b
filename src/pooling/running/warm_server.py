"""The process that warm kernels are forked from; `pooling.running.warm` starts and asks it.

``python -m pooling.running.warm_server FD`` imports what the notebooks import, samples a small
model so that its compilation is done, and then forks a kernel for each request that comes
through the file descriptor. It ends when the other side closes it.
"""

import gc
import importlib.util
import io
import json
import logging
import os
import select
import sys
import warnings
from contextlib import redirect_stderr, redirect_stdout
from importlib import import_module
from multiprocessing.connection import Connection
from types import ModuleType
from typing import Any

#: What a kernel and a notebook of this course import. Not Matplotlib's inline backend: it ties
#: itself to the notebook when it is imported.
PRELOADED = (
    *("arviz", "arviz_plots.backend.matplotlib", "nutpie", "pymc"),
    *("matplotlib.pyplot", "matplotlib.backends.backend_agg"),
    *("ipykernel.kernelapp", "tornado.platform.asyncio", "psutil"),
    *("IPython.core.debugger", "IPython.core.oinspect", "IPython.extensions.storemagic"),
)

#: A variable with the names of more modules to import, if what is to be run needs them.
MORE = "POOLING_WARM_MODULES"

#: Seconds between two looks at whether a kernel has ended.
_PATIENCE = 0.05


def main() -> None:
    """Warm up, and serve; or, in a process that was forked, be a kernel."""
    if sys.path[0] == os.getcwd():
        del sys.path[0]  # as the launcher of a kernel does
    server = os.getpid()
    connection = Connection(int(sys.argv[1]))
    warm_up()
    request = serve(connection)
    if request is not None:
        run_kernel(request, server)


def warm_up() -> None:
    """Import what notebooks import, and have the compilers make what models need."""
    with redirect_stderr(io.StringIO()):
        import_module("ipykernel.debugger")  # it warns of something that no debugger will see
    for name in (*PRELOADED, *os.environ.get(MORE, "").split()):
        import_module(name)
    import pymc as pm
    from matplotlib.figure import Figure

    import pooling
    from pooling import checks, models

    # Matplotlib asks whether its numbers are JAX's. Where there is JAX that loads it, for seconds,
    # and leaves variables in the environment that no notebook has begun with.
    environment = dict(os.environ)
    Figure().subplots()
    os.environ.clear()
    os.environ.update(environment)

    data = pooling.load_groups()
    model = models.build_hierarchical(data.groups, data.x, data.y)
    with redirect_stdout(io.StringIO()):
        checks.build_hierarchical({"build_hierarchical": models.build_hierarchical})
    pm.sample(draws=5, tune=5, chains=1, model=model, progressbar=False, quiet=True)
    pm.draw(model["slope"], draws=5)


def serve(connection: Connection) -> dict[str, Any] | None:
    """Fork a kernel for each request.

    Returns
    -------
    dict or None
        In a kernel's process its request; in this one None, when there will be no more.
    """
    # What is here stays: no kernel needs to look for garbage in it, nor to copy it.
    gc.collect()
    gc.freeze()
    kernels: set[int] = set()
    while True:
        waiting = select.select([connection], [], [], _PATIENCE if kernels else None)[0]
        try:
            if waiting:
                request = json.loads(connection.recv_bytes())
                pid = _fork()
                if pid == 0:
                    connection.close()
                    return request
                kernels.add(pid)
                _tell(connection, started=pid)
            for pid in list(kernels):
                ended, status = os.waitpid(pid, os.WNOHANG)
                if ended:
                    kernels.remove(pid)
                    _tell(connection, ended=pid, code=os.waitstatus_to_exitcode(status))
        except (EOFError, ConnectionError):
            return None


def _tell(connection: Connection, **message: int) -> None:
    connection.send_bytes(json.dumps(message).encode())


def _fork() -> int:
    """Fork without Python's warning of threads.

    Those that are left are OpenBLAS's and jemalloc's, which see to forks themselves; samplers
    have ended theirs. A test counts them.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        pid = os.fork()
    if pid:
        os.setpgid(pid, pid)  # of its own, for signals to reach a kernel and its workers only
    return pid


def run_kernel(request: dict[str, Any], server: int) -> None:
    """Be the kernel that was asked for, in the state in which a cold one starts.

    Parameters
    ----------
    request : dict
        Its arguments, folder and environment variables.
    server : int
        The parent's process id. When it is gone, the kernel ends.
    """
    import matplotlib
    import numpy as np
    from ipykernel.kernelapp import IPKernelApp

    os.chdir(request["cwd"])
    os.environ.update(request["environment"], JPY_PARENT_PID=str(server))
    launcher = importlib.util.find_spec("ipykernel_launcher")
    sys.argv = [str(launcher and launcher.origin), *request["arguments"]]
    # All forks would draw the same numbers; Python's own generator sees to it itself.
    np.random.seed()  # noqa: NPY002
    handlers, lazy = _handlers(), _lazy_modules()
    for name in lazy:
        del sys.modules[name]  # the kernel looks at all modules, which would load them
    app = IPKernelApp.instance(parent_handle=server)
    app.initialize()
    sys.modules.update(lazy)
    # Now the streams are the notebook's, where libraries that are imported there log to; and
    # Matplotlib, which reads its backend's name when it is imported, finds the notebook's.
    for handler in handlers:
        handler.setStream(sys.stderr)
    matplotlib.rcParams["backend"] = os.environ["MPLBACKEND"]
    app.start()


def _handlers() -> list[logging.StreamHandler]:
    """Find the handlers that log to this process's stderr."""
    loggers = [logging.root, *logging.root.manager.loggerDict.values()]
    return [
        handler
        for logger in loggers
        if isinstance(logger, logging.Logger)
        for handler in logger.handlers
        if isinstance(handler, logging.StreamHandler) and handler.stream is sys.stderr
    ]


def _lazy_modules() -> dict[str, ModuleType]:
    """Find the modules that load when they are first used, JAX for example."""
    kind = getattr(importlib.util, "_LazyModule", None)
    return {name: module for name, module in sys.modules.items() if type(module) is kind}


if __name__ == "__main__":
    main()
