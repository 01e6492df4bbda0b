"""A browser, and the built book served as on the web.

The browser is the Chromium or Chrome of this machine, or what the variable CHROMIUM names.
Without one these tests are skipped, except where CI is set: there, that is a failure.
"""

import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from pooling.running import course
from pooling.running.browser import find_browser
from pooling.running.read import open_server
from pooling.running.steps import BOOK_INDEX

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the browser once."""
    path = find_browser()
    if path is None:
        missing = "no Chromium or Chrome: install one, or name it in the variable CHROMIUM"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    # As root, on CI's machines, Chromium starts without its sandbox or not at all.
    arguments = ["--no-sandbox"] if sys.platform == "linux" else []
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=arguments)
        yield started
        started.close()


@pytest.fixture(scope="session")
def html() -> Path:
    """Return the folder of the built book, which is built first unless it is up to date."""
    course.build(ROOT, ["book"])
    return (ROOT / BOOK_INDEX).parent


@pytest.fixture(scope="session")
def site(html: Path) -> Iterator[str]:
    """Serve the built book on this machine, and return its address."""
    with open_server(html, 0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
