"""Write each executed page as a notebook that readers can take along and run.

The page's Markdown is MyST, of which Jupyter shows the roles and directives as they are typed.
So they are put into plain words here: glued values become the numbers that they stand for,
citations names and years, terms their text; an admonition becomes a quotation with a title, what
folds becomes HTML's ``<details>``. Cells that only serve the page (tagged ``remove-cell``) are
left out, and so the code must not need them: the tests run the notebooks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any

import glued
import nbformat
from folded import LEVELS
from pybtex.database import parse_file
from sphinx.application import Sphinx

_ROLE = re.compile(r"\{([\w:-]+)\}`([^`]+)`")
_FENCE = re.compile(r"^(:{3,}|`{3,})(?:\{([\w-]+)\}[ ]*(.*))?$")
_LINK = re.compile(r"\[([^\]]*)\]\(([^)\s]*)\)")
_MARKED = re.compile(r"\[([^\]]*)\]\{\.[\w-]+\}")
_OPENING = """\
> This is the chapter *{title}* of **Borrowing Strength**, as a notebook. It needs Python 3.12 or
> newer and the course's package, which the book's page "How to study" tells you how to install.
"""

Cite = Callable[[str, bool], str]


def as_notebook(
    page: nbformat.NotebookNode,
    values: Mapping[str, Any],
    cite: Cite,
    siblings: Collection[str] = (),
) -> nbformat.NotebookNode:
    """Return a page's notebook as readers get it.

    Parameters
    ----------
    page : NotebookNode
        The page as MyST-NB executed it.
    values : mapping
        Its glued values.
    cite : callable
        (key, textual) -> the citation's words.
    siblings : collection of str
        Pages that are notebooks, too; links to them stay links.
    """
    cells = []
    for cell in page.cells:
        tags = cell.metadata.get("tags", [])
        if cell.cell_type == "markdown":
            text = plain(cell.source, values, cite, siblings)
            if text:
                cells.append(nbformat.v4.new_markdown_cell(text))
        elif cell.cell_type == "code" and "remove-cell" not in tags:
            new = nbformat.v4.new_code_cell(cell.source)
            if "remove-input" in tags:
                new.metadata["jupyter"] = {"source_hidden": True}
            cells.append(new)
    title = re.search(r"^# (.+)$", cells[0].source, re.MULTILINE)
    opening = _OPENING.format(title=title[1] if title else "")
    cells.insert(0, nbformat.v4.new_markdown_cell(opening))
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"  # the same from build to build
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})


def plain(text: str, values: Mapping[str, Any], cite: Cite, siblings: Collection[str] = ()) -> str:
    """Return MyST's Markdown as Jupyter's."""

    def role(match: re.Match) -> str:
        name, body = match.groups()
        if name.startswith("glue"):
            key, _, form = body.partition(":")
            value = values.get(key, body)
            return format(value, form) if form else str(value)
        if name.startswith("cite"):
            return cite(body, name.endswith(":t"))
        return re.sub(r"\s*<[^>]*>$", "", body)

    def link(match: re.Match) -> str:
        words, target = match.groups()
        page = target.partition("#")[0]
        if page.startswith(("http:", "https:", "mailto:")):
            return match[0]
        stem = page.removesuffix(".md")
        return f"[{words}]({stem}.ipynb)" if stem in siblings else words

    lines: list[str] = []
    closings: list[tuple[str, str]] = []  # fence, and what its end becomes
    quoted = 0
    literal = ""
    for line in text.splitlines():
        fence = _FENCE.match(line)
        if literal:
            lines.append(line)
            literal = "" if line.strip() == literal else literal
            continue
        if fence and fence[2] is None and closings and fence[1] == closings[-1][0]:
            ending = closings.pop()[1]
            if ending == "quoted":
                quoted -= 1
            elif ending:
                lines += ["", ending]
            lines.append("")
            continue
        if fence and fence[2] is None and fence[1].startswith("`"):
            literal = fence[1]
            lines.append(line)
            continue
        if re.match(r"^```\w", line):
            literal = "```"
            lines.append(line)
            continue
        if fence:
            mark, name, title = fence[1], fence[2], fence[3] or ""
            title = _ROLE.sub(role, title)
            ending = ""
            if name in ("solution-start", "solution-end", "exercise-start", "exercise-end"):
                lines += ["", "**Solution**"] if name == "solution-start" else []
            elif name == "exercise":
                lines += ["", f"**Exercise: {title}**"]
            elif name in ("dropdown", "tab-item"):
                lines += ["", f"<details><summary>{title}</summary>", ""]
                ending = "</details>"
            elif name == "math":
                lines.append("$$")
                ending = "$$"
            elif title and name == "admonition":
                quoted += 1
                lines += ["", f"> **{title}**", ">"]
                ending = "quoted"
            closings.append((mark, ending))
            continue
        if level := re.match(r"^:class:.*\b(level-\d)\b", line):
            lines += [f"*To {LEVELS[level[1]]}.*"]
            continue
        if re.match(r"^:[\w-]+:( |$)", line) or re.match(r"^\([\w-]+\)=$", line):
            continue
        if "{reading-time}" in line:
            continue
        line = _MARKED.sub(r"\1", _LINK.sub(link, _ROLE.sub(role, line)))
        lines.append("> " * quoted + line if line or not quoted else ">")
    tidy = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    return re.sub(r"(?m)^>\n(?:>\n)+", ">\n", tidy)


def runs_anywhere(source: str) -> bool:
    """Whether a page's code reads no files of the repository, which a reader may not have."""
    return 'Path("../' not in source


def citations(bibliography: Path) -> Cite:
    """Return a function that puts a citation into words."""
    entries = parse_file(bibliography).entries

    def words(key: str, textual: bool) -> str:
        entry = entries[key]
        names = [str(p.rich_last_names[0]) for p in entry.persons.get("author", [])]
        who = names[0] if names else entry.fields.get("title", key)
        if len(names) == 2:
            who = f"{names[0]} and {names[1]}"
        elif len(names) > 2:
            who = f"{names[0]} and others"
        return f"{who} ({entry.fields['year']})" if textual else f"{who}, {entry.fields['year']}"

    def cite(keys: str, textual: bool) -> str:
        parts = [words(key.strip(), textual) for key in keys.split(",")]
        return ", ".join(parts) if textual else f"({'; '.join(parts)})"

    return cite


def write(app: Sphinx, exception: Exception | None) -> None:
    """Write the notebooks beside the finished pages."""
    if exception is not None or app.builder.name != "html":
        return
    ran = [
        docname
        for docname in app.env.found_docs
        if glued.execution(app, docname)
        and runs_anywhere(Path(app.env.doc2path(docname)).read_text(encoding="utf-8"))
    ]
    cite = citations(Path(app.srcdir) / app.config.bibtex_bibfiles[0])
    folder = Path(app.outdir) / "notebooks"
    folder.mkdir(exist_ok=True)
    for docname in sorted(ran):
        page, values = glued.executed(app, docname), glued.values(app, docname)
        nbformat.write(as_notebook(page, values, cite, ran), folder / f"{docname}.ipynb")


def setup(app: Sphinx) -> dict:
    """Register the hook."""
    app.connect("build-finished", write)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
