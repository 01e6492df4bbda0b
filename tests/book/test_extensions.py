"""What the book's own Sphinx extensions do to a page, at their smallest parts."""

import nbformat
import pytest
from docutils import nodes, utils
from pages import BOOK, extension

HEALTHY = (0, 1.003, 900.0)


@pytest.mark.parametrize(
    ("fit", "tags", "complaints"),
    [
        (HEALTHY, [], []),
        ((3, 1.003, 900.0), [], ["3 divergences"]),
        ((0, 1.02, 900.0), [], ["R-hat of 1.020"]),
        ((0, None, 900.0), [], ["one chain"]),
        ((0, 1.003, 399.0), [], ["ESS of 399"]),
        ((3, 1.02, 90.0), [], ["3 divergences", "R-hat", "ESS"]),
        ((3, 1.003, 900.0), ["shows-divergences"], []),
        ((3, 1.02, 900.0), ["shows-divergences"], ["R-hat"]),
        (HEALTHY, ["shows-divergences"], ["no fit in it shows that"]),
        (HEALTHY, ["remove-input"], []),
    ],
)
def test_an_unhealthy_fit_is_refused_unless_it_is_announced(fit, tags, complaints):
    honest_fits = extension("honest_fits")
    found = list(honest_fits.complaints({"2 trace": fit}, [[], tags]))
    assert len(found) == len(complaints)
    assert all(part in text for part, text in zip(complaints, found, strict=True))
    assert all("code cell 2" in text for text in found)


def test_a_tag_without_any_fit_is_refused():
    honest_fits = extension("honest_fits")
    [found] = honest_fits.complaints({}, [["shows-low-ess"]])
    assert "code cell 1 has the tag shows-low-ess" in found


VALUES = {"mean7": 11.123, "n": 4, "name": "seven"}


@pytest.mark.parametrize(
    ("myst", "plain"),
    [
        ("It is {glue:text}`mean7:.1f`, of {glue:text}`n`.", "It is 11.1, of 4."),
        ("A {term}`funnel <funnel>` and {term}`MCSE`.", "A funnel and MCSE."),
        ("As shown {cite:p}`kubler2022`.", "As shown (p kubler2022)."),
        ("{cite:t}`kubler2022` show.", "t kubler2022 show."),
        ("See [this](other.md#there) and [that](study.md).", "See [this](other.ipynb) and that."),
        ("See [the web](https://example.org/a).", "See [the web](https://example.org/a)."),
        (
            ":::{admonition} Write it down\n:class: predict\n\nHow far?\n:::\n\nNow look.",
            "> **Write it down**\n>\n> How far?\n\nNow look.",
        ),
        (
            ":::{dropdown} Why {glue:text}`n`?\nBecause.\n:::",
            "<details><summary>Why 4?</summary>\n\nBecause.\n\n</details>",
        ),
        (
            ":::{exercise} Look\n:label: a-1\n:class: level-2\n\nHow?\n:::",
            "**Exercise: Look**\n*To apply.*\n\nHow?",
        ),
        (":::{solution-start} a-1\n:class: dropdown\n:::\n\nSo.", "**Solution**\n\nSo."),
        ("So.\n\n:::{solution-end}\n:::", "So."),
        ("```python\nx = '{glue:text}`n`'\n```", "```python\nx = '{glue:text}`n`'\n```"),
        ("(anchor)=\n## Title", "## Title"),
        ("## [Bambi]{.tab}", "## Bambi"),
        ("A\n\n**Reading time:** {reading-time}`minutes`.", "A"),
    ],
)
def test_a_page_in_words_that_jupyter_shows(myst, plain):
    notebooks = extension("chapter_notebooks")

    def cite(keys, textual):
        return f"t {keys}" if textual else f"(p {keys})"

    assert notebooks.plain(myst, VALUES, cite, siblings={"other"}) == plain


def test_a_notebook_keeps_what_readers_need_and_leaves_what_serves_the_page():
    notebooks = extension("chapter_notebooks")
    page = nbformat.v4.new_notebook()
    page.cells = [
        nbformat.v4.new_markdown_cell("# A chapter"),
        nbformat.v4.new_code_cell("glue()", metadata={"tags": ["remove-cell"]}),
        nbformat.v4.new_code_cell("table", metadata={"tags": ["remove-input"]}),
        nbformat.v4.new_code_cell("shown"),
    ]
    made = notebooks.as_notebook(page, {}, lambda keys, textual: keys)
    nbformat.validate(made)
    assert "*A chapter*" in made.cells[0].source
    assert [cell.source for cell in made.cells if cell.cell_type == "code"] == ["table", "shown"]
    assert made.cells[2].metadata["jupyter"] == {"source_hidden": True}
    assert "jupyter" not in made.cells[3].metadata


def test_citations_in_words():
    cite = extension("chapter_notebooks").citations(BOOK / "references.bib")
    assert cite("kubler2022", False) == "(Kübler, 2022)"
    assert cite("efron1977", True) == "Efron and Morris (1977)"
    assert cite("gelman2013,rubin1981", False) == "(Gelman and others, 2013; Rubin, 1981)"


def test_the_versions_of_what_a_page_imports():
    made_with = extension("made_with")
    assert not any(part.startswith("Bambi") for part in made_with.versions("import pymc as pm"))
    assert any(part.startswith("Bambi 0.") for part in made_with.versions("import bambi as bmb"))
    assert made_with.versions("")[0].startswith("Python 3.")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2.5", 2.5),
        ("(0, nan, 90.0)", (0, None, 90.0)),
        ("(1, inf)", (1, None)),
        ("('It is the determinant.', '2 < 3')", ("It is the determinant.", "2 < 3")),
        ("('A nan in words.', 'nan')", ("A nan in words.", "nan")),
    ],
)
def test_what_was_glued_comes_back_as_it_was(text, value):
    assert extension("glued").literal(text) == value


def chapter(*titles: str) -> nodes.document:
    """A page with a section and its text for each title; a star marks what is to be a tab."""
    document = utils.new_document("page")
    page = nodes.section("", nodes.title("", "A page"))
    for title in titles:
        name = title.strip("*")
        words = nodes.inline("", name, classes=["tab"] if "*" in title else [])
        section = nodes.section("", nodes.title("", "", words), nodes.paragraph("", f"On {name}."))
        section["ids"] = [name.lower()]
        page += section
    document += page
    return document


def test_marked_sections_become_tabs_and_others_stay():
    tabs = extension("tabs")
    document = chapter("Before", "PyMC*", "Bambi*", "After")
    tabs.Tabs(document).run()
    assert [section["ids"] for section in document.findall(nodes.section)][1:] == [
        ["before"],
        ["after"],
    ]
    [group] = (n for n in document.findall(nodes.container) if n.parent is document[0])
    assert group["design_component"] == "tab-set"
    labels = list(group.findall(nodes.rubric))
    assert [label.astext() for label in labels] == ["PyMC", "Bambi"]
    assert [label["ids"] for label in labels] == [["pymc"], ["bambi"]]
    assert [text.astext() for text in group.findall(nodes.paragraph)] == ["On PyMC.", "On Bambi."]


def test_a_page_without_marks_has_no_tabs():
    document = chapter("One", "Two")
    shown = document.pformat()
    extension("tabs").Tabs(document).run()
    assert document.pformat() == shown
