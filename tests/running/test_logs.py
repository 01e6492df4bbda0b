"""What is told of a log; causes that are known are tried where a step fails."""

from pooling.running.logs import diagnose, telling_lines


def test_of_a_long_log_the_telling_lines_are_shown():
    lines = ["page.md:3: WARNING: no such glossary term", "Traceback (most recent call last):"]
    lines += ["File x.py, line 1, in build", "raise RuntimeError(message) from error"]
    lines += [f"reading {number}" for number in range(30)]
    assert telling_lines(lines) == ["page.md:3: WARNING: no such glossary term"]
    assert telling_lines(lines[1:], most=2) == ["reading 28", "reading 29"]


def test_an_unknown_cause_is_not_guessed(tmp_path):
    assert diagnose("something else", tmp_path) == ""
