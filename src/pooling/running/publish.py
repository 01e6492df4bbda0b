"""The book for paper and for e-book readers: one PDF, one EPUB.

Both are made from the pages as they were executed for the web, which must have been built. The
PDF is the whole book on a single page, printed by a browser; with it come the browser's own
typesetting, the formulas by KaTeX, and an outline. The EPUB is Sphinx's.
"""

import shutil
import subprocess
import sys
import threading
from pathlib import Path

from pooling.running.browser import find_browser
from pooling.running.folder import CourseError, find_root
from pooling.running.read import open_server

NAME = "borrowing-strength"

#: Run in the page before it is printed: on paper nothing can be unfolded.
UNFOLD = """
for (const folded of document.querySelectorAll("details")) folded.open = true;
document.documentElement.dataset.theme = "light";
"""

PAPER = """
@page { size: A4; margin: 18mm 18mm 20mm; }
.bd-sidebar, .bd-header, .bd-header-article, .bd-footer, .prev-next-footer, .headerlink,
.copybtn, .sd-summary-state-marker, .made-with a { display: none !important; }
.bd-main, .bd-content, .bd-article-container, .bd-article { max-width: none !important; }
span[id^="document-"] + section, .toctree-wrapper > section { break-before: page; }
h1, h2, h3 { break-after: avoid; }
img, tr, .admonition-title { break-inside: avoid; }
.admonition, details, .cell, pre, .highlight { break-inside: auto !important; }
pre { white-space: pre-wrap; }
"""


def make(root: Path, builder: str, *options: str) -> Path:
    """Have the book's tool make another form of the book, and return its folder."""
    command = (
        *(str(Path(sys.executable).with_name("jupyter-book")), "build", "book"),
        *("--config", "_config.yml"),
        *("--path-output", "build/book", "--builder", builder, *options, "-W", "--keep-going"),
    )
    if subprocess.run(command, cwd=root).returncode:
        raise CourseError(f"the book could not be built for {builder}; its complaints are above")
    return root / "build" / "book" / "_build"


def print_page(folder: Path, pdf: Path) -> None:
    """Print a folder's index.html.

    Raises
    ------
    CourseError
        If there is no browser, or the page's own scripts fail.
    """
    from playwright.sync_api import sync_playwright

    path = find_browser()
    if path is None:
        raise CourseError(
            "a PDF is printed by Chromium or Chrome, and there is none: install one, or name it "
            "in the variable CHROMIUM"
        )
    arguments = ["--no-sandbox"] if sys.platform == "linux" else []
    failures: list[str] = []
    with (
        open_server(folder, 0) as server,
        sync_playwright() as playwright,
    ):
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        page = browser.new_page(color_scheme="light")
        page.on("pageerror", lambda error: failures.append(str(error)))
        page.goto(f"http://127.0.0.1:{server.server_port}/index.html", wait_until="networkidle")
        page.evaluate(UNFOLD)
        page.add_style_tag(content=PAPER)
        page.wait_for_function("document.fonts.status === 'loaded'")
        page.pdf(
            path=str(pdf),
            prefer_css_page_size=True,
            print_background=True,
            outline=True,
            tagged=True,
            display_header_footer=True,
            header_template="<span></span>",
            footer_template=(
                "<div style='font-size: 8px; width: 100%; text-align: center'>"
                "<span class='pageNumber'></span></div>"
            ),
        )
        browser.close()
        server.shutdown()
    if failures:
        raise CourseError(f"scripts of the page failed: {failures[0]}")


def main() -> int:
    root = find_root()
    try:
        print("the whole book on one page", flush=True)
        pages = make(root, "singlehtml")
        print("printing it", flush=True)
        print_page(pages / "singlehtml", root / "build" / f"{NAME}.pdf")
        print("the EPUB", flush=True)
        pages = make(root, "custom", "--custom-builder", "epub")
        [epub] = (pages / "epub").glob("*.epub")
        shutil.copy(epub, root / "build" / f"{NAME}.epub")
    except CourseError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
