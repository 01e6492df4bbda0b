"""Build the course, and say where it is."""

from collections.abc import Sequence
from pathlib import Path

from pooling.running.folder import CourseError
from pooling.running.runner import Runner
from pooling.running.steps import BOOK_INDEX, STEPS


def build(root: Path, names: Sequence[str] = (), *, force: bool = False) -> None:
    """Run the course's steps and print what the user came for.

    Parameters
    ----------
    root : Path
        The course's folder.
    names : sequence of str
        The steps to run, with those that they need; if empty, all but those that are only run
        when they are asked for.
    force : bool
        Run steps that are up to date, too.

    Raises
    ------
    CourseError
        If a step failed, or there is no step of such a name.
    """
    known = {step.name: step for step in STEPS}
    for name in names:
        if name not in known:
            raise CourseError(f"no step is called {name}. The steps are {', '.join(known)}")
    wanted = set(names or (name for name, step in known.items() if not step.asked_for))
    while before := {name for step in wanted for name in known[step].after} - wanted:
        wanted |= before
    steps = [step for step in STEPS if step.name in wanted]
    try:
        Runner(root, steps, force=force).run()
    finally:
        for step in steps:
            report = root / step.report
            if step.report and report.is_file():
                print(report.read_text(encoding="utf-8").rstrip() + "\n")
    if "book" in wanted:
        index = root / BOOK_INDEX
        print(f"The book: {index}")
        print("Read it: `make read`, or open that file in a browser.")
