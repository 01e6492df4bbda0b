"""Show the built book in a browser, from a server that only this machine can reach."""

import errno
import functools
import http.server
import sys
import webbrowser
from pathlib import Path

from pooling.running.folder import CourseError


class _Server(http.server.ThreadingHTTPServer):
    # On Windows the option that eases restarts elsewhere lets two servers share a port.
    allow_reuse_address = sys.platform != "win32"


class _Handler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing about each file that is asked for."""


def open_server(folder: Path, port: int) -> _Server:
    """Return a server of a folder's files that is bound to a local port.

    Parameters
    ----------
    folder : Path
        What to serve.
    port : int
        Where; 0 takes any that is free.

    Raises
    ------
    CourseError
        If the port is in use or not allowed.
    """
    handler = functools.partial(_Handler, directory=str(folder))
    try:
        return _Server(("127.0.0.1", port), handler)
    except (OSError, OverflowError) as error:
        number = getattr(error, "errno", None)
        if number in (errno.EADDRINUSE, getattr(errno, "WSAEADDRINUSE", None)):
            reason = f"port {port} is in use by another program (perhaps another `make read`)"
        else:
            reason = f"port {port} cannot be used ({error})"
        free = port + 1 if 1024 <= port < 65535 else 8001
        raise CourseError(f"{reason}. Take another one: `make read PORT={free}`") from error


def serve(index: Path, port: int, browser: bool = True) -> int:
    """Serve the book until Ctrl-C.

    Parameters
    ----------
    index : Path
        The book's first page.
    port : int
        Where to serve it.
    browser : bool
        Open it in the user's browser.

    Raises
    ------
    CourseError
        If there is no book yet, or the port is in use.
    """
    if not index.is_file():
        raise CourseError("there is no book yet. Build it by `make book`")
    with open_server(index.parent, port) as server:
        address = f"http://127.0.0.1:{server.server_address[1]}/"
        print(f"The book is at {address} (Ctrl-C ends it).", flush=True)
        if browser:
            webbrowser.open(address)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print()
    return 0
