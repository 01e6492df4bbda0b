"""Let pages link to the exercises' notebooks, for readers to download.

MyST-NB counts every ``.ipynb`` as a page of the book, and so takes a link to a notebook outside
of the book for a broken one.  This book's pages are all Markdown: with the suffix given up, a
link such as ``[ps1](../exercises/ps1/notebook.ipynb)`` is a download in the book, and works on
sites that show the repository, too.
"""

from __future__ import annotations

from sphinx.application import Sphinx


def give_up_suffix(app: Sphinx, config) -> None:
    """Make ``.ipynb`` an ordinary file's suffix again."""
    config.source_suffix.pop(".ipynb", None)


def setup(app: Sphinx) -> dict:
    """Register the hook."""
    # After Sphinx, at 800, has collected the suffixes from the extensions.
    app.connect("config-inited", give_up_suffix, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
