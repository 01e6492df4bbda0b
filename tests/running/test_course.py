"""What `pooling course` does with steps by their names."""

import pytest
from made import copying, python

from pooling import cli
from pooling.running import course
from pooling.running.folder import CourseError


def test_an_unknown_step_is_refused(capsys):
    assert cli.main(["course", "books"]) == 1
    message = capsys.readouterr().err.strip()
    assert message == (
        "no step is called books. The steps are fonts, release, book, paper, rehearse, seeds, bank."
    )


def test_the_report_is_shown_even_if_its_step_fails(root, monkeypatch, capsys):
    code = "open('table.txt', 'w').write('anna 0 of 4'); raise SystemExit(1)"
    step = python("class", code, report="table.txt")
    monkeypatch.setattr(course, "STEPS", (step,))
    with pytest.raises(CourseError, match="class failed") as failure:
        course.build(root)
    assert "What it found is shown above" in str(failure.value)
    assert "anna 0 of 4" in capsys.readouterr().out
    # Of an older run's table nothing is shown: the step may not get as far again.
    monkeypatch.setattr(
        course, "STEPS", (python("class", "raise SystemExit(1)", report="table.txt"),)
    )
    with pytest.raises(CourseError):
        course.build(root)
    assert "anna" not in capsys.readouterr().out


def test_naming_a_step_runs_what_it_needs_too(root, monkeypatch, capsys):
    steps = (copying("one", "a"), copying("two", "out/one", after=("one",)), copying("three", "b"))
    monkeypatch.setattr(course, "STEPS", steps)
    course.build(root, ["two"])
    assert (root / "ran.txt").read_text() == "one two "
