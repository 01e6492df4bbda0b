"""Forked kernels: as cold ones in what they show, and each by itself."""

import os
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import nbformat
import psutil
import pytest
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError

from pooling.grading.nbgrader import nbgrader
from pooling.running import warm, warm_server

pytestmark = pytest.mark.skipif(not warm.CAN_FORK, reason="kernels are not forked here")

IDENTITY = "import os; print(os.getpid(), os.getppid())"


def run(*cells: str, provisioner: str = warm.NAME, **options) -> list[list[dict]]:
    """Execute a notebook, and return the outputs of its cells."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in cells])
    # pytest names the test in the environment, where ipykernel looks for it.
    environment = {k: v for k, v in os.environ.items() if k not in ("PYTEST_CURRENT_TEST",)}
    factory = KernelProvisionerFactory.instance()
    before = factory.default_provisioner_name
    factory.default_provisioner_name = provisioner
    try:
        NotebookClient(notebook, kernel_name="python3", **options).execute(env=environment)
    finally:
        factory.default_provisioner_name = before
    return [cell.outputs for cell in notebook.cells]


def printed(outputs: list[dict]) -> str:
    return "".join(o["text"] for o in outputs if o.get("name") == "stdout")


def identity(outputs: list[dict]) -> tuple[int, int]:
    """Return a kernel's process and its parent's."""
    kernel, parent = map(int, printed(outputs).split())
    return kernel, parent


def gone(pid: int, patience: float = 30) -> bool:
    """Tell whether a process ends in time."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        try:
            if psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.NoSuchProcess:
            return True
        time.sleep(0.1)
    return False


@pytest.fixture(scope="module", autouse=True)
def _servers():
    yield
    warm.close_servers()


# -- as a cold kernel -------------------------------------------------------------------------

#: What a notebook can see of its process.
SURROUNDINGS = """
import multiprocessing, os, sys, threading, warnings
print(os.getcwd(), sys.path, os.path.basename(sys.argv[0]), sys.argv[1], len(sys.argv))
print(sorted(f"{k}={v}" for k, v in os.environ.items() if k != "JPY_PARENT_PID"))
print(os.environ["JPY_PARENT_PID"] == str(os.getppid()), os.getpgid(0) == os.getpid())
print(sys.flags, sys.modules["__main__"].__dict__ is globals(), sorted(globals())[:3])
print(multiprocessing.current_process(), multiprocessing.parent_process())
print(sorted(t.name for t in threading.enumerate()))
print(sys.stdin, os.isatty(0), os.isatty(1))
"""

MODEL = """
import arviz as az, matplotlib.pyplot as plt, numpy as np, pymc as pm
rng = np.random.default_rng(1)
with pm.Model() as model:
    center = pm.Normal("center", 0, 1)
    spread = pm.Exponential("spread", 1)
    pm.Normal("obs", center, spread, observed=rng.normal(1, 1, 20), shape=20)
"""

NOTEBOOK = (
    MODEL,
    "trace = pm.sample(100, tune=100, chains=2, model=model, random_seed=1, progressbar=False)\n"
    "print(trace.posterior['center'].values.sum())",
    SURROUNDINGS,  # here, since imports and compilers change some
    "trace = pm.sample(20, tune=20, chains=2, cores=2, model=model, random_seed=1,\n"
    "                  nuts_sampler='pymc', progressbar=False, compute_convergence_checks=False)\n"
    "print(trace.posterior['center'].values.sum())",
    "fig, ax = plt.subplots(); ax.plot([1, 2]); print(plt.get_backend())",
    "import logging, sys; print('aside', file=sys.stderr); logging.getLogger('pymc').info('log')",
    "os.system('echo from another program')",
    "warnings.warn('beware')",
    "print(pm.draw(pm.Normal.dist(), random_seed=3)); np.random.seed(2); print(np.random.rand())",
    "undefined",
    "import pooling\n"
    "from pooling import checks\n"
    "checks.build_unpooled({'build_unpooled': pooling.models.build_hierarchical})",
)


def _comparable(outputs: list[dict]) -> list:
    """Streams joined, times and process ids taken out."""
    told: dict[str, str] = {}
    rest = []
    for output in outputs:
        if output["output_type"] == "stream":
            told[output["name"]] = told.get(output["name"], "") + output["text"]
        else:
            rest.append({k: v for k, v in output.items() if k != "traceback"})
    unsteady = r"ipykernel_\d+|Thread-\d+|took \d+ seconds|^.*tune and .*draw iterations.*$"
    return [{k: re.sub(unsteady, "", v, flags=re.M) for k, v in told.items()}, rest]


def test_a_warm_kernel_shows_what_a_cold_one_shows(monkeypatch, tmp_path):
    # As on an instructor's machine, not as in the runner, which names a backend.
    monkeypatch.delenv("MPLBACKEND", raising=False)
    # Else compiled functions round differently when they are made and when they come from a cache.
    monkeypatch.setenv("PYTENSOR_FLAGS", "numba__fastmath=False")
    options = {"allow_errors": True, "timeout": 300, "resources": {"metadata": {"path": tmp_path}}}
    cold = run(*NOTEBOOK, provisioner="local-provisioner", **options)
    warmed = run(*NOTEBOOK, **options)
    for source, one, other in zip(NOTEBOOK, cold, warmed, strict=True):
        assert _comparable(other) == _comparable(one), source
    assert any(o["output_type"] == "display_data" for o in warmed[4]), "no figure"
    assert "log" in "".join(o["text"] for o in warmed[5]), "the library's log is lost"


def test_kernels_share_neither_state_nor_random_numbers():
    draws = (
        "import random, uuid, numpy as np, pymc as pm\n"
        "print(random.random(), np.random.random(), pm.draw(pm.Normal.dist()), uuid.uuid4())\n"
        "with pm.Model() as model: x = pm.Normal('x')\n"
        "for sampler in ('nutpie', 'pymc'):\n"
        "    trace = pm.sample(5, tune=5, chains=1, model=model, progressbar=False, quiet=True,\n"
        "                      nuts_sampler=sampler, compute_convergence_checks=False)\n"
        "    print(trace.posterior['x'].values.sum())"
    )
    leave = "import builtins, pymc; print(hasattr(pymc, 'left')); pymc.left = builtins.left = 1"
    one, other = (run(IDENTITY, draws, leave) for _ in range(2))
    (kernel, server), (second, parent) = identity(one[0]), identity(other[0])
    assert kernel != second
    assert server == parent != os.getpid()
    numbers, others = printed(one[1]).split(), printed(other[1]).split()
    assert len(numbers) == 6
    assert not set(numbers) & set(others)
    assert printed(one[2]) == printed(other[2]) == "False\n"


def test_more_modules_are_warm_where_they_are_named(monkeypatch):
    look = "import sys; print('mailbox' in sys.modules)"
    assert printed(run(look)[0]) == "False\n"
    monkeypatch.setenv(warm_server.MORE, "mailbox")
    assert printed(run(look)[0]) == "True\n"


def test_nothing_that_the_server_leaves_running_is_lost_in_a_fork():
    code = (
        "import os, threading\n"
        "from pooling.running.warm_server import warm_up\n"
        "warm_up()\n"
        "tasks = os.listdir('/proc/self/task')\n"
        "names = [open(f'/proc/self/task/{task}/comm').read() for task in tasks]\n"
        "print(threading.active_count(), *(n.strip() for n in names if 'jemalloc' not in n))"
    )
    # OpenBLAS makes its threads anew in a fork, so without those there is one.
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    told = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert told.stdout.split()[0] == "1"
    assert len(told.stdout.split()) == 2, told.stdout
    assert told.stderr == ""


# -- notebooks that go wrong ------------------------------------------------------------------


def test_a_cell_that_never_ends_is_interrupted_and_the_next_goes_on():
    endless = "while True: pass"
    outputs = run(
        *(IDENTITY, endless, "print('after')"),
        timeout=3,
        interrupt_on_timeout=True,
        allow_errors=True,
        error_on_timeout={"ename": "CellTimeoutError", "evalue": "", "traceback": []},
    )
    # On a busy machine the client has gone on before this message comes.
    assert [output["ename"] for output in outputs[1]] in (["KeyboardInterrupt"], [])
    assert printed(outputs[2]) == "after\n"
    assert gone(identity(outputs[0])[0])
    assert printed(run("print('next')")[0]) == "next\n"


@pytest.mark.parametrize("end", ["os._exit(3)", "os.kill(os.getpid(), 11)"])
def test_a_kernel_that_dies_is_noticed(end):
    with pytest.raises(DeadKernelError):
        run(f"import os; {end}", timeout=60)
    assert printed(run("print('next')")[0]) == "next\n"


def test_a_notebook_that_ends_its_parent_harms_only_itself(tmp_path):
    note = tmp_path / "note"
    tell = f"import os; open({str(note)!r}, 'w').write(f'{{os.getpid()}} {{os.getppid()}}')"
    with pytest.raises(DeadKernelError):
        run(f"{tell}; os.kill(os.getppid(), 9); import time; time.sleep(60)", timeout=60)
    kernel, server = map(int, note.read_text().split())
    assert gone(kernel)
    assert gone(server)
    assert identity(run(IDENTITY)[0])[1] != server


# -- the end ----------------------------------------------------------------------------------

#: Starts a kernel, says which processes there are, and ends in one way or another.
USER = """
import os, sys
from jupyter_client.manager import start_new_kernel
manager, client = start_new_kernel()
[server] = __import__("psutil").Process().children()
print(server.pid, manager.provisioner.pid, flush=True)
client.execute("import time; time.sleep(600)")
{end}
"""


@pytest.mark.parametrize("end", ["sys.exit()", "os.kill(os.getpid(), 9)", "1 / 0"])
def test_no_process_outlives_the_one_that_asked_for_it(end):
    user = subprocess.run(
        [sys.executable, "-c", USER.format(end=end)],
        env=os.environ | {warm.VARIABLE: warm.NAME},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        timeout=300,
    )
    server, kernel = map(int, user.stdout.split())
    assert gone(server)
    assert gone(kernel)


def test_after_a_notebook_only_the_server_is_left():
    # Workers, too: the samplers' processes are in the kernel's group.
    kernel, server = identity(run(IDENTITY, MODEL)[0])
    assert gone(kernel)
    assert psutil.Process(server).children(recursive=True) == []
    warm.close_servers()
    assert gone(server)


def test_two_threads_never_read_one_message(monkeypatch):
    # Each sees that there is a message, and one of them would wait for the next for ever.
    run("pass")
    server = next(iter(warm._servers.values()))
    messages, in_vain = [b'{"ended": 1, "code": 7}'], []

    class Connection:
        def poll(self) -> bool:
            there = bool(messages)
            time.sleep(0.2)
            return there

        def recv_bytes(self) -> bytes:
            if not messages:
                in_vain.append("a read that never returns")
                raise EOFError
            return messages.pop()

    monkeypatch.setattr(server, "_connection", Connection())
    with ThreadPoolExecutor(2) as pool:
        codes = list(pool.map(server.exit_code, [1, 1]))
    assert (codes, in_vain) == ([7, 7], [])


# -- where it is used -------------------------------------------------------------------------


def test_nbgrader_takes_it_by_the_variable_alone(tmp_path):
    """The stock ``nbgrader validate`` executes a notebook as ``autograde`` does."""
    cell = nbformat.v4.new_code_cell(
        "import sys, psutil; assert 'pooling.running.warm_server' not in "
        "psutil.Process().parent().cmdline(), 'is warm'"
    )
    cell.metadata.nbgrader = {
        **{"grade_id": "who", "grade": True, "points": 1, "cell_type": "code"},
        **{"locked": True, "solution": False, "task": False, "schema_version": 3},
    }
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), tmp_path / "who.ipynb")
    assert "is warm" in nbgrader("validate", "who.ipynb", root=tmp_path, warm=True)
    assert "Success" in nbgrader("validate", "who.ipynb", root=tmp_path)


def test_where_nothing_can_be_forked_kernels_start_as_ever(monkeypatch):
    monkeypatch.setattr(warm, "CAN_FORK", False)
    assert identity(run(IDENTITY)[0])[1] == os.getpid()


def test_a_server_that_cannot_start_is_reported(monkeypatch, tmp_path):
    (tmp_path / "pymc.py").write_text("raise ImportError('this is not PyMC')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(RuntimeError, match="warm_server"):
        run(IDENTITY)
