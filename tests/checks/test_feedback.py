"""What a verdict looks like to nbgrader and to a student."""

import logging
import sys
import warnings

import pytest

from pooling import checks
from pooling.checks.diagnosis import DIAGNOSES, messages
from pooling.checks.feedback import NotYet, quiet, report
from pooling.checks.verdict.base import partly, rerun, right, wrong


def test_a_right_answer_returns_its_points_and_says_so(capsys):
    assert report(right("Well."), 4) == 4
    out = capsys.readouterr()
    assert out.out.startswith("Right: Well.")
    assert out.err == ""


def test_a_rerun_keeps_half_the_points_and_says_what_to_change(capsys):
    assert report(rerun("one-chain"), 3) == 1.5
    out = capsys.readouterr().out
    assert out.startswith("Run it again:")
    assert "[one-chain]" in out


def test_what_is_half_right_is_not_told_to_run_again(capsys):
    assert report(partly("still-centered", name="slope"), 4) == 2
    assert capsys.readouterr().out.startswith("Half right:")


def test_a_wrong_answer_raises_its_diagnosis_without_a_traceback():
    with pytest.raises(NotYet, match="precision") as caught:
        report(wrong("slope:sigma-precision"), 4)
    assert caught.value.code == "slope:sigma-precision"
    lines = caught.value._render_traceback_()
    assert lines[0].startswith("Not yet:")
    assert not any("File" in line for line in lines)


def test_nothing_reaches_stderr(capsys):
    with quiet():
        print("noise", file=sys.stderr)
        warnings.warn("noise", stacklevel=1)
        logging.getLogger("pymc").critical("noise")
    assert capsys.readouterr().err == ""


def test_logging_is_as_before_afterwards():
    before = logging.root.manager.disable
    with pytest.raises(ZeroDivisionError), quiet():
        raise ZeroDivisionError
    assert logging.root.manager.disable == before


def test_an_answer_that_is_missing_and_one_that_is_not_written():
    with pytest.raises(NotYet, match="unpooled_model"):
        checks.sample_unpooled({"unpooled_trace": None})
    with pytest.raises(NotYet, match="still to be written"):
        checks.measure_shrinkage({"shrinkage": ...})


def test_every_cell_has_points_and_every_page_exists():
    assert set(checks.POINTS) <= set(checks.__all__)
    from pooling.running.folder import find_root

    titles = {
        line.removeprefix("# ").strip()
        for page in (find_root() / "book").glob("*.md")
        for line in page.read_text(encoding="utf-8").splitlines()
        if line.startswith("# ")
    }
    # A model of somebody's own course has no page in this book.
    pages = {d.page for code, d in DIAGNOSES.items() if not code.startswith("own:")}
    assert pages <= titles


def test_no_code_has_two_messages():
    kinds = [kind for kind in vars(messages).values() if hasattr(kind, "MESSAGES")]
    assert sum(len(kind.MESSAGES) for kind in kinds) == len(DIAGNOSES)
