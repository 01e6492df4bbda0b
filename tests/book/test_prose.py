"""What the pages' Markdown must hold: computed numbers, and what each chapter promises."""

import itertools
import re

import pytest
from pages import BOOK, CHAPTERS, PAGES, source

#: Numbers that may be typed, each with the reason why nothing computes it.
MAY_BE_TYPED = {
    r"[Gg]roups? \d( to \d| and \d)*": "a group's label",
    r"[Mm]achines? \d( to \d)?|number \d": "a group's label",
    r"94 %": "the course's convention for an HDI",
    r"1/10\b|not 10\b|mean of 10\b": "the noise's prior, and the slip with its rate",
    r"1/13\b": "the prior of sigma_slope",
    r"exceeds 0\.2\b": "a threshold that the sentence itself sets",
    r"between 1\.9 and 2\.1\b": "bounds that the sentence itself sets",
    r"upper 95 %": "the convention for a bound on a share",
    r"rate of 0\.(8|995)\b|of 0\.8\b|to 0\.995\b": "a setting of the sampler, given in the code",
    r"\b19\d\d\b": "the year of a publication",
    r"chapter 5\b": "a chapter of a cited book",
    r"CC BY 4\.0|BSD-3-Clause": "the name of a license",
    r"Python 3\.12|PyMC 6": "a version",
}


def prose(text: str) -> str:
    """Leave what a reader reads as sentences: no code, formulas, roles, options or addresses."""
    text = re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE)
    text = re.sub(r"\$\$.*?\$\$", "", text, flags=re.DOTALL)
    text = re.sub(r"\{[\w:-]+\}`[^`]*`", "", text)
    text = re.sub(r"`[^`]*`", "", text)
    text = re.sub(r"\$[^$\n]*\$", "", text)
    text = re.sub(r"\]\([^)]*\)", "]", text)
    text = re.sub(r"^:\w+:.*$", "", text, flags=re.MULTILINE)
    return re.sub(r"^\d+\. ", "", text, flags=re.MULTILINE)


def typed_numbers(text: str) -> list[str]:
    """Return the numbers in a page's sentences that are typed, with the words around them."""
    rest = prose(text)
    for allowed in MAY_BE_TYPED:
        rest = re.sub(allowed, "", rest)
    return [m.group().strip() for m in re.finditer(r".{0,30}(?<![\w-])\d[\d.,]*.{0,20}", rest)]


@pytest.mark.parametrize("page", PAGES)
def test_every_number_in_a_sentence_is_computed(page):
    assert not typed_numbers(source(page))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("The mean is 10.3.", 1),
        ("Group 7 has 4 rows.", 1),
        ("It has {glue:text}`n` rows, `x = 3`, and $3x$.", 0),
        ("```{code-cell}\nx = 3\n```\nA 94 % HDI of group 7, at 0.21.", 1),
        ("It went from 8 to 2", 1),
    ],
)
def test_the_scan_finds_typed_numbers(text, count):
    assert len(typed_numbers(text)) == count


def test_every_exception_is_needed():
    text = "\n".join(prose(source(page)) for page in PAGES)
    assert [allowed for allowed in MAY_BE_TYPED if not re.search(allowed, text)] == []


def section(text: str, title: str) -> str:
    """Return what stands under a heading of the second level."""
    found = re.search(rf"^## {title}\n(.*?)(?=^## |\Z)", text, re.DOTALL | re.MULTILINE)
    assert found, f"no section {title!r}"
    return found.group(1)


@pytest.mark.parametrize("page", CHAPTERS)
def test_a_chapter_opens_with_what_a_reader_needs_to_know(page):
    opening = source(page).split("\n## ")[0]
    assert re.search(r"^# .+\n\n\*.+\?.*\*$", opening, re.MULTILINE), "a question comes first"
    assert "**You will be able to**" in opening
    assert re.search(r"\*\*You need\*\* .+", opening)
    assert "{reading-time}`" in opening


@pytest.mark.parametrize("page", CHAPTERS)
def test_a_chapter_asks_for_predictions(page):
    assert source(page).count(":::{admonition} Write it down") >= 2


@pytest.mark.parametrize("page", CHAPTERS)
def test_a_chapter_closes_with_summary_questions_and_exercise(page):
    text = source(page)
    assert len(re.findall(r"^- ", section(text, "Summary"), re.MULTILINE)) >= 3
    questions = re.findall(r"^:::\{dropdown\} .+\n(.+)\n", text, re.MULTILINE)
    asked = re.findall(r"^:::\{dropdown\} ", section(text, "Check yourself"), re.MULTILINE)
    assert len(asked) >= 2
    assert all(len(answer) > 40 for answer in questions)
    assert "## Graded exercise" in text or section(text, "What comes next")


@pytest.mark.parametrize("page", CHAPTERS)
def test_a_chapter_has_exercises_of_three_levels_with_solutions(page):
    text = section(source(page), "Exercises")
    labels = re.findall(r"^:label: (\S+)$", text, re.MULTILINE)
    assert len(labels) >= 3
    assert re.findall(r"^:::\{solution-start\} (\S+)$", text, re.MULTILINE) == labels
    assert set(re.findall(r"^:class: (level-\d)", text, re.MULTILINE)) == {
        *("level-1", "level-2", "level-3")
    }


@pytest.mark.parametrize("page", PAGES)
def test_a_figure_is_followed_by_its_values(page):
    """A cell with an alternative text draws a figure; the next one shows what is drawn."""
    cells = re.findall(r"^```\{code-cell\}.*?^```$", source(page), re.DOTALL | re.MULTILINE)
    for cell, after in itertools.pairwise([*cells, ""]):
        assert "    alt: " not in cell or "plotted-values" in after, cell


@pytest.mark.parametrize("page", CHAPTERS)
def test_a_chapter_states_claims(page):
    assert source(page).count("claim(") >= 5


EXERCISES = {
    "no-pooling": "ps1-no-pooling/no_pooling.ipynb",
    "what-the-prior-says": "ps2-hyperpriors/hyperpriors.ipynb",
    "partial-pooling": "ps3-partial-pooling/partial_pooling.ipynb",
    "geometry": "ps4-geometry/geometry.ipynb",
    "how-this-course-grades-you": "ps3-partial-pooling/partial_pooling.ipynb",
}


@pytest.mark.parametrize("page", EXERCISES)
def test_a_chapter_leads_to_its_exercise(page):
    notebook = EXERCISES[page]
    assert f"(../exercises/{notebook})" in section(source(page), "Graded exercise")
    assert (BOOK.parent / "exercises" / notebook).is_file()


@pytest.mark.parametrize("page", PAGES)
def test_visible_code_fits_the_column(page):
    cells = re.findall(r"^```\{code-cell\}.*?\n(.*?)^```$", source(page), re.DOTALL | re.MULTILINE)
    shown = [cell for cell in cells if ":tags: [remove-cell]" not in cell]
    code = [re.sub(r"\A---\n.*?\n---\n", "", cell, flags=re.DOTALL) for cell in shown]
    assert [line for cell in code for line in cell.split("\n") if len(line) > 76] == []


def test_every_reference_is_cited():
    entries = set(re.findall(r"^@\w+\{(\w+),", (BOOK / "references.bib").read_text("utf-8"), re.M))
    text = "\n".join(source(page) for page in PAGES)
    cited = {key for keys in re.findall(r"\{cite:[pt]\}`([^`]+)`", text) for key in keys.split(",")}
    assert cited == entries


def test_every_page_is_in_the_table_of_contents():
    listed = re.findall(r"(?:root|file): (\S+)", (BOOK / "_toc.yml").read_text(encoding="utf-8"))
    assert sorted(listed) == PAGES
