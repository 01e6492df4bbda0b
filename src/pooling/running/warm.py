"""Kernels that start in a moment: forked from a process that has imported and compiled already.

Most of the time that grading a notebook takes is not the student's: it goes into starting
Python, importing PyMC and ArviZ, and compiling what every model needs. `WarmProvisioner` does
this once, in a process of its own (`pooling.running.warm_server`), and forks each kernel from
it. It is a kernel provisioner of Jupyter's, so the programs that start kernels stay as they are:
with the environment variable ``JUPYTER_DEFAULT_PROVISIONER_NAME`` set to ``warm-provisioner``,
``nbgrader autograde`` uses it.

A forked kernel runs under the same account and with the same rights as one that is started, and
in its own process: what a notebook does to it is gone with it.
"""

import atexit
import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from multiprocessing import Pipe
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

#: The variable that chooses the provisioner of kernels that do not name one, and our name there.
VARIABLE = "JUPYTER_DEFAULT_PROVISIONER_NAME"
NAME = "warm-provisioner"

#: Where kernels are forked. Windows cannot, and macOS's own libraries may not be used after a
#: fork; there, and for kernels other than IPython's, this provisioner does as Jupyter's.
CAN_FORK = sys.platform == "linux"

_LAUNCHER = ["-m", "ipykernel_launcher"]


class WarmProvisioner(LocalProvisioner):
    """Start IPython kernels by forking a warm process, and other kernels as ever."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Launch a kernel; the arguments are those of `LocalProvisioner`."""
        environment = kwargs.get("env") or dict(os.environ)
        usual = not any(kwargs.get(name) for name in ("stdin", "stdout", "stderr", "independent"))
        place = next((i for i in range(len(cmd)) if cmd[i : i + 2] == _LAUNCHER), None)
        if not CAN_FORK or not usual or place is None:
            return await super().launch_kernel(cmd, **kwargs)
        cwd = os.fspath(kwargs.get("cwd") or os.getcwd())
        kernel = _fork(cmd[:place], cmd[place + 2 :], cwd, environment)
        self.process = kernel
        # The server has made it the head of a process group.
        self.pid = self.pgid = kernel.pid
        self.cwd = cwd
        return self.connection_info


class Kernel:
    """A forked kernel, with what the provisioner uses of a `subprocess.Popen`."""

    stdin = stdout = stderr = None

    def __init__(self, server: "Server", pid: int) -> None:
        self._server = server
        self.pid = pid

    def poll(self) -> int | None:
        """Return the exit code, None while it runs."""
        return self._server.exit_code(self.pid)

    def wait(self) -> int:
        """Wait for the end, and return the exit code."""
        while (code := self.poll()) is None:
            time.sleep(0.02)
        return code

    def send_signal(self, signum: int) -> None:
        """Send it a signal, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, signum)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)


class Server:
    """The warm process, seen from the process that asks it for kernels.

    Parameters
    ----------
    python : list of str
        The interpreter with its options, as kernels are started.
    environment : dict
        The environment variables of its kernels. Libraries read some of them when they are
        imported, so kernels with other variables need a server of their own.
    """

    def __init__(self, python: list[str], environment: dict[str, str]) -> None:
        self._exit_codes: dict[int, int] = {}
        self._running: set[int] = set()
        # Several threads may run a notebook each, and all hear of their kernels through the one
        # connection: a message is looked for and read by one of them at a time.
        self._hearing = threading.Lock()
        self.alive = True
        self._connection, theirs = Pipe()
        with theirs:
            self.process = subprocess.Popen(
                [*python, "-m", "pooling.running.warm_server", str(theirs.fileno())],
                # -m looks for modules in the current folder first: not in a student's.
                cwd=sys.prefix,
                env=environment,
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,  # Ctrl-C is for the program that uses the kernels
            )

    def fork(self, arguments: list[str], cwd: str, environment: dict[str, str]) -> Kernel:
        """Start a kernel.

        Parameters
        ----------
        arguments : list of str
            What follows ``-m ipykernel_launcher`` on a kernel's command line.
        cwd : str
            Its folder.
        environment : dict
            Environment variables that it has besides the server's.

        Raises
        ------
        RuntimeError
            If the server has ended; what it printed on stderr says why.
        """
        request = {"arguments": arguments, "cwd": cwd, "environment": environment}
        with self._hearing:
            with contextlib.suppress(OSError):
                self._connection.send_bytes(json.dumps(request).encode())
                while self.alive:
                    if pid := self._hear().get("started"):
                        self._running.add(pid)
                        return Kernel(self, pid)
            self._bury()
        raise RuntimeError(f"the process that kernels are forked from ended: {self.process.args}")

    def exit_code(self, pid: int) -> int | None:
        """Return a kernel's exit code, None while it runs."""
        with self._hearing:
            with contextlib.suppress(OSError):
                while self.alive and self._connection.poll():
                    self._hear()
            if self.process.poll() is not None:
                self._bury()
            return self._exit_codes.get(pid)

    def close(self) -> None:
        """End the server; a kernel that is left notices within a second, and ends too."""
        self._connection.close()
        self.process.terminate()
        self.process.wait()
        self.alive = False

    def _hear(self) -> dict[str, int]:
        """Read one message of the server, which may be its end."""
        try:
            message = json.loads(self._connection.recv_bytes())
        except (EOFError, OSError):
            self._bury()
            return {}
        if "ended" in message:
            self._exit_codes[message["ended"]] = message["code"]
            self._running.discard(message["ended"])
        return message

    def _bury(self) -> None:
        """After the server's end nobody can tell when its kernels end: end them now."""
        self.alive = False
        for pid in self._running:
            with contextlib.suppress(OSError):
                os.killpg(pid, signal.SIGKILL)
            self._exit_codes[pid] = -signal.SIGKILL
        self._running.clear()


_servers: dict[tuple, Server] = {}
_lock = threading.Lock()


def _fork(python: list[str], arguments: list[str], cwd: str, environment: dict[str, str]) -> Kernel:
    """Fork a kernel from the server of its kind, which is started if there is none."""
    # These say who asked for the kernel, and no library reads them.
    own = {name: value for name, value in environment.items() if name.startswith("JPY_")}
    shared = {name: value for name, value in environment.items() if name not in own}
    key = (*python, *sorted(shared.items()))
    with _lock:
        server = _servers.get(key)
        # A notebook can end its parent process. The next kernel gets a new one.
        if server is None or server.process.poll() is not None:
            server = _servers[key] = Server(python, shared)
        return server.fork(arguments, cwd, own)


@atexit.register
def close_servers() -> None:
    """End all servers of this process."""
    with _lock:
        while _servers:
            _servers.popitem()[1].close()
