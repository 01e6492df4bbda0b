"""The code on the page for teachers does what the page says of it."""

import re

import pytest
from pages import source

from pooling import checks, models

CODE = re.findall(r"^```python\n(.*?)^```$", source("teach"), re.DOTALL | re.MULTILINE)
SHOWN = re.findall(r"^```text\n(.*?)^```$", source("teach"), re.DOTALL | re.MULTILINE)


def block(start: str) -> str:
    """Return the one block of code that has these words in it."""
    [found] = [code for code in CODE if start in code]
    return found


@pytest.fixture
def notebook() -> dict:
    """The variables of a notebook in which the reference and the student's answer stand."""
    names: dict = {}
    for start in ("def eight_schools", "def build_eight_schools"):
        exec(block(start), names)
    return names


@pytest.mark.parametrize("check", ["eight_schools, effects", "closed_form, effects"])
def test_the_students_form_earns_all_points(notebook, check, capsys):
    exec(block(check), notebook)
    assert capsys.readouterr().out.startswith("Right: ")


@pytest.mark.parametrize("check", ["eight_schools, effects", "closed_form, effects"])
def test_the_half_normal_earns_none(notebook, check):
    wrong = block("def build_eight_schools").replace("HalfCauchy", "HalfNormal")
    exec(wrong, notebook)
    with pytest.raises(checks.NotYet) as caught:
        exec(block(check), notebook)
    if check.startswith("eight_schools"):
        [shown] = SHOWN
        assert str(caught.value).split() == shown.split()


def test_other_data_find_what_reads_the_notebooks_variables(notebook):
    effects, errors = notebook["effects"], notebook["errors"]
    other = effects[:5] + 3, errors[:5]
    arguments = "build_eight_schools", notebook["eight_schools"]
    assert checks.same_model(notebook, *arguments, *other) == 1

    def reads_the_notebook(*_):
        return notebook["eight_schools"](effects, errors)

    answers = {"build_eight_schools": reads_the_notebook}
    assert checks.same_model(answers, *arguments, effects, errors) == 1
    with pytest.raises(checks.NotYet):
        checks.same_model(answers, *arguments, *other)


def test_evidence_can_be_kept_and_judged_later(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    names = {"checks": checks, "build_hierarchical": models.build_non_centered}
    exec(block("checks.gather"), names)
    assert capsys.readouterr().out.startswith("1.0 right ")
    assert (tmp_path / "ada.npz").is_file()
    other = checks.Challenge(names["challenge"].seed + 1)
    assert checks.judge(names["evidence"], other).share == 0
