"""Sphinx's EPUB, mended where a checker finds fault with it.

What pages show on the web comes from several tools, and not all of it may stand in an e-book:
pandas gives each table a style sheet in the middle of the text, Matplotlib's pictures name an
outside document type, sphinx-design draws its arrows in the title of what folds. And a page that
holds MathML must be listed as such, which Sphinx does not do.
"""

from __future__ import annotations

import re
from pathlib import Path

import glued
from sphinx.application import Sphinx
from sphinx.builders.epub3 import Epub3Builder

REMOVED = (
    r"<style scoped.*?</style>",
    r'<span class="sd-summary-state-marker.*?</span>',
    r"<svg .*?</svg>",
    r"<script.*?</script>",
)
#: The web's style sheets are for the web's layout; these two are the e-book's.
STYLES = ("_static/epub.css", "_static/pygments.css")


def cleaned(page: str) -> str:
    """Return a page without what an e-book may not hold."""
    for pattern in REMOVED:
        page = re.sub(pattern, "", page, flags=re.DOTALL)
    page = re.sub(
        r'<link rel="stylesheet"[^>]*href="([^"?]*)[^>]*/>',
        lambda link: link[0] if link[1].endswith(STYLES) else "",
        page,
    )
    return re.sub(r' (?:[hv]?align="\w+"|border="\w+"|role="doc-biblioentry")', "", page)


def sound(picture: str) -> str:
    """Return an SVG without what its standard forbids.

    Matplotlib names the document type by a file on another host, and draws a blank by a path
    that lacks its course.
    """
    picture = re.sub(r"<!DOCTYPE svg.*?>", "", picture, flags=re.DOTALL)
    return re.sub(r"<path(?![^>]*\sd=)", '<path d="M0 0"', picture)


class EBookBuilder(Epub3Builder):
    """Sphinx's builder, with what it writes cleaned before it is packed."""

    def handle_finish(self) -> None:
        """Clean the pages and leave the web's static files out, then pack."""
        folder = Path(self.outdir)
        for page in folder.glob("*.xhtml"):
            page.write_text(cleaned(page.read_text(encoding="utf-8")), encoding="utf-8")
        kept = {Path(name).name for name in STYLES} | {"file.png"}  # named in epub.css
        for path in (folder / "_static").rglob("*"):
            if path.is_file() and path.name not in kept:
                path.unlink()
        super().handle_finish()

    def build_content(self) -> None:
        """Say of pages with formulas that they have some."""
        super().build_content()
        listing = Path(self.outdir) / "content.opf"

        def item(match: re.Match) -> str:
            page = Path(self.outdir) / match[1]
            # The navigation is listed before it is written.
            holds = (
                page.suffix == ".xhtml"
                and page.exists()
                and "<math" in page.read_text(encoding="utf-8")
            )
            if not holds or "properties" in match[0]:
                return match[0]
            return match[0].replace("<item ", '<item properties="mathml" ')

        text = listing.read_text(encoding="utf-8")
        listing.write_text(re.sub(r'<item [^>]*?href="([^"]+)"[^>]*>', item, text), "utf-8")


def clean_pictures(app: Sphinx, env: object) -> None:
    """Clean the pictures that the pages' code has drawn."""
    for path in glued.folder(app).glob("*.svg"):
        text = path.read_text(encoding="utf-8")
        if sound(text) != text:
            path.write_text(sound(text), encoding="utf-8")


def setup(app: Sphinx) -> dict:
    """Put the builder in the place of Sphinx's."""
    app.add_builder(EBookBuilder, override=True)
    app.connect("env-updated", clean_pictures)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
