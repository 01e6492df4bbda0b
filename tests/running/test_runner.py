"""The runner: what it runs, skips, shows and says when a step fails."""

import errno
import io
import json
import os
import shutil
import sys
import threading
from pathlib import Path

import pytest
from made import COPY, copying, python

from pooling.running.folder import CourseError
from pooling.running.runner import Runner
from pooling.running.steps import Step


def run(root: Path, *steps: Step, **options) -> str:
    """Run steps, and return the names of those that really ran; forget them for the next time."""
    Runner(root, steps, stream=io.StringIO(), **options).run()
    ran = root / "ran.txt"
    names = ran.read_text() if ran.exists() else ""
    ran.unlink(missing_ok=True)
    return names.strip()


def test_an_unchanged_step_is_skipped(root):
    step = copying("one", "a")
    assert run(root, step) == "one"
    assert (root / "out" / "one").read_text() == "a!"
    assert run(root, step) == ""
    assert run(root, step, force=True) == "one"


def test_a_step_runs_again_when_its_input_output_or_command_changes(root):
    step = copying("one", "a")
    run(root, step)
    (root / "a").write_text("changed")
    assert run(root, step) == "one"
    (root / "out" / "one").write_text("edited by hand")
    assert run(root, step) == "one"
    assert (root / "out" / "one").read_text() == "changed!"
    (root / "out" / "one").unlink()
    assert run(root, step) == "one"
    other = Step(step.name, step.title, (*step.command[:2], "b", "out/one"), ("a",), step.outputs)
    assert run(root, other) == "one"


def test_only_the_steps_that_depend_on_a_change_run_again(root):
    steps = (
        copying("one", "a"),
        copying("two", "out/one", after=("one",)),
        copying("three", "b"),
    )
    assert sorted(run(root, *steps).split()) == ["one", "three", "two"]
    assert (root / "out" / "two").read_text() == "a!!"
    (root / "a").write_text("new")
    assert run(root, *steps) == "one two"
    (root / "b").write_text("new")
    assert run(root, *steps) == "three"


def test_work_in_an_output_is_kept_before_it_is_written_over(root):
    code = "import os; os.makedirs('ex', exist_ok=True); open('ex/n', 'w').write(open('a').read())"
    step = Step("release", "releasing", ("python", "-c", code), ("a",), ("ex",), worked_on=True)
    run(root, step)
    (root / "a").write_text("a new exercise")
    run(root, step)
    # What the step itself had made is no loss.
    assert not (root / "kept").exists()

    (root / "ex" / "n").write_text("an answer")
    stream = io.StringIO()
    Runner(root, [step], stream=stream).run()
    assert (root / "ex" / "n").read_text() == "a new exercise"
    (kept,) = (root / "kept").iterdir()
    assert (kept / "ex" / "n").read_text() == "an answer"
    assert str(kept) in stream.getvalue()


def test_a_failure_names_the_step_its_last_words_and_its_log(root):
    code = "print('the page is wrong'); raise SystemExit(3)"
    with pytest.raises(CourseError) as failure:
        run(root, python("bad", code))
    message = str(failure.value)
    log = root / "build" / "logs" / "bad.log"
    assert message.startswith("bad failed (running some code; exit code 3)")
    assert "| the page is wrong" in message
    assert str(log) in message
    assert log.read_text().strip() == "the page is wrong"


def test_after_a_failure_the_next_run_starts_there(root):
    first = copying("one", "a")
    bad = copying("two", "missing", after=("one",))
    last = copying("three", "b", after=("two",))
    with pytest.raises(CourseError, match="two failed"):
        run(root, first, bad, last)
    assert (root / "ran.txt").read_text() == "one two "
    assert not (root / "out" / "three").exists()
    (root / "ran.txt").unlink()
    (root / "missing").write_text("there")
    assert run(root, first, bad, last) == "two three"


def test_a_failure_lets_the_other_lane_finish_and_starts_nothing_new(root):
    slow = "import time; time.sleep(1.5)\nopen('slow.txt', 'w').close()"
    steps = (
        python("slow", slow),
        python("bad", "raise SystemExit(1)"),
        copying("never", "a", after=("slow",)),
    )
    with pytest.raises(CourseError, match="bad failed"):
        run(root, *steps)
    assert (root / "slow.txt").exists()
    assert not (root / "ran.txt").exists()
    assert (root / "build" / "steps" / "slow.json").exists()
    assert not (root / "build" / "steps" / "bad.json").exists()


def test_a_step_without_its_output_has_failed(root):
    step = Step("one", "making nothing", ("python", "-c", ""), ("a",), ("out/one",))
    with pytest.raises(CourseError, match="it wrote no out/one"):
        run(root, step)


def test_a_failed_step_is_not_skipped_because_an_older_run_went_well(root):
    step = copying("one", "a")
    run(root, step)
    (root / "copy.py").write_text("raise SystemExit(1)")
    with pytest.raises(CourseError):
        run(root, step, force=True)
    with pytest.raises(CourseError):
        run(root, step)


@pytest.mark.parametrize(
    ("words", "advice"),
    [
        ("OSError: [Errno 28] No space left on device", "the disk is full. Free about"),
        ("sqlite3.OperationalError: database or disk is full", "the disk is full. Free about"),
        ("OSError: [Errno 98] Address already in use", "a port that it needs is in use"),
        ("socket.gaierror: Temporary failure in name resolution", "asked for the network"),
        ("ModuleNotFoundError: No module named 'nutpie'", "`make clean`"),
        ("nbclient.exceptions.DeadKernelError: Kernel died", "ran out of memory"),
        ("PermissionError: [Errno 13] Permission denied", "no permission to write"),
    ],
)
def test_a_known_cause_is_named(root, words, advice):
    with pytest.raises(CourseError) as failure:
        run(root, python("bad", f"raise SystemExit({words!r})"))
    assert advice in str(failure.value).splitlines()[0]


def test_a_full_disk_is_said_before_a_step_starts(root, monkeypatch):
    usage = shutil.disk_usage(root)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage._replace(free=10**7))
    with pytest.raises(CourseError, match="the disk is full"):
        run(root, copying("one", "a"))
    assert not (root / "ran.txt").exists()


def test_a_disk_that_fills_up_under_way_is_named(root, monkeypatch):
    def full(*arguments, **options):
        raise OSError(errno.ENOSPC, "in words that differ by system")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(CourseError, match="the disk is full"):
        Runner(root, [copying("one", "a")], stream=io.StringIO()).run()


def test_an_order_that_cannot_be_is_refused(root):
    with pytest.raises(ValueError, match="one waits for"):
        Runner(root, [copying("one", "a", after=("two",)), copying("two", "b")])


def test_an_interrupted_run_leaves_no_step_behind(root, monkeypatch):
    runner = Runner(root, [python("long", "import time; time.sleep(600)")], stream=io.StringIO())
    children = []

    def interrupt():
        children.extend(running.process for running in runner._running)
        raise KeyboardInterrupt

    monkeypatch.setattr(runner, "_draw", interrupt)
    with pytest.raises(KeyboardInterrupt):
        runner.run()
    assert len(children) == 1
    assert children[0].poll() is not None


def test_two_steps_run_at_the_same_time_and_no_more(root):
    # Each waits until it has seen the other's sign, so they must be under way together.
    code = """
import sys, time
from pathlib import Path
mine, other = sys.argv[1:]
Path(mine).touch()
end = time.monotonic() + 20
while not Path(other).exists():
    if time.monotonic() > end:
        raise SystemExit("alone")
    time.sleep(0.05)
"""
    (root / "meet.py").write_text(code)
    steps = [
        Step(me, "meeting", ("python", "meet.py", me, other), ("a",), ())
        for me, other in (("x", "y"), ("y", "x"))
    ]
    run(root, *steps, jobs=2)
    for name in "xy":
        (root / name).unlink()
    alone = code.replace("+ 20", "+ 0.5")
    (root / "meet.py").write_text(alone)
    with pytest.raises(CourseError, match="x failed"):
        run(root, *steps, jobs=1, force=True)
    assert not (root / "y").exists()


def test_a_second_run_in_the_same_folder_waits_and_finds_the_work_done(root):
    slow = COPY + "import time; time.sleep(1)\n"
    (root / "copy.py").write_text(slow)
    step = copying("one", "a")
    streams = [io.StringIO(), io.StringIO()]
    threads = [
        threading.Thread(target=Runner(root, [step], stream=stream).run) for stream in streams
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (root / "ran.txt").read_text() == "one "
    told = sorted(stream.getvalue().count("waiting for it") for stream in streams)
    assert told == [0, 1]


def test_progress_shows_what_each_step_is_at(root, monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    stream = Terminal()
    code = "print('chapter 1\\rchapter 2 of 7', flush=True); import time; time.sleep(1.5)"
    Runner(root, [python("book", code)], stream=stream).run()
    shown = stream.getvalue()
    assert "book: running some code" in shown
    assert "\r   1 s  book: chapter 2 of 7" in shown
    assert "chapter 1" not in shown
    assert "book: done in" in shown


def test_steps_do_not_see_the_users_own_settings(root, monkeypatch):
    monkeypatch.setenv("MPLCONFIGDIR", "/home/somebody/mine")
    monkeypatch.setenv("IPYTHONDIR", "/home/somebody/mine")
    names = ("PATH", "MPLCONFIGDIR", "IPYTHONDIR", "JUPYTER_CONFIG_DIR")
    code = f"import os, json; print(json.dumps({{n: os.environ[n] for n in {names!r}}}))"
    run(root, python("show", code))
    shown = json.loads((root / "build" / "logs" / "show.log").read_text())
    assert Path(shown.pop("PATH").split(os.pathsep)[0]) == Path(sys.executable).parent
    assert all(Path(folder).is_relative_to(root / "build") for folder in shown.values())
