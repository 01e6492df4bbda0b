"""What the course is made of: the book, the released exercises, the graded rehearsal class.

Each is a `Step`: a command with the files that it reads and writes. `STEPS` is the course.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """One command of the course, with what it reads and writes.

    Attributes
    ----------
    name : str
        What it is called on the command line and in ``build``.
    title : str
        What it does, for the reader of the progress line.
    command : tuple of str
        Program and arguments, run in the course's folder; the program ``python`` is the one
        that runs now.
    inputs, outputs : tuple of str
        Files and folders, relative to the course's folder.
    ignored : tuple of str
        Patterns of input files that the step does not depend on.
    after : tuple of str
        Names of earlier steps that must be done before.
    report : str
        A file whose text is shown at the end, also when the step has failed.
    worked_on : bool
        People may have worked in the outputs: what is not as this step left it is kept aside.
    asked_for : bool
        Only runs when it is named.
    """

    name: str
    title: str
    command: tuple[str, ...]
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    ignored: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    report: str = ""
    worked_on: bool = False
    asked_for: bool = False


BOOK_INDEX = "build/book/_build/html/index.html"

# What runs the steps is no part of what they make: changing it must not rebuild the book.
_HOUSEHOLD = ("src/pooling/__main__.py", "src/pooling/cli.py", "src/pooling/running/*")


def _rehearsal(name: str, title: str, out: str, *options: str) -> Step:
    """A step that grades labelled submissions."""
    return Step(
        name=name,
        title=title,
        command=("python", "-m", "pooling.grading.rehearsal", "--out", out, *options),
        inputs=(
            *("solutions", "exercises", "tests/corpus", "nbgrader_config.py"),
            *("src/pooling", "requirements.lock"),
        ),
        outputs=tuple(f"{out}/{n}" for n in ("table.txt", "table.json", "summary.txt")),
        ignored=(*_HOUSEHOLD, "src/pooling/plots.py", "*.mplstyle"),
        after=("fonts", "release"),
        report=f"{out}/summary.txt",
        asked_for=bool(options),
    )


#: The course. Of the steps whose turn it is the first ones start first.
STEPS = (
    Step(
        # Matplotlib makes its list of fonts at its first use and, where that takes long, says
        # so on stderr: inside a graded cell or a page of the book that would be a failure.
        name="fonts",
        title="listing the fonts for the figures",
        command=("python", "-c", "import matplotlib.font_manager"),
        inputs=("requirements.lock",),
        outputs=("build/settings/matplotlib",),
    ),
    Step(
        name="release",
        title="releasing the exercises",
        command=("python", "-m", "pooling.grading.release"),
        inputs=("solutions", "nbgrader_config.py", "src/pooling/grading", "requirements.lock"),
        outputs=("exercises",),
        worked_on=True,
    ),
    Step(
        name="book",
        title="building the book, every notebook executed",
        command=(
            *("jupyter-book", "build", "book", "--config", "_config.yml"),
            *("--path-output", "build/book"),
            # A warning fails the build, at its end: one run shows all of them.
            *("-W", "--keep-going"),
        ),
        # The exercises are downloads of the book; the corpus is where it has mistakes from.
        inputs=(
            *("book", "_config.yml", "exercises", "src/pooling", "requirements.lock"),
            "tests/corpus",
        ),
        outputs=("build/book/_build/html",),
        ignored=(*_HOUSEHOLD, "src/pooling/grading/*"),
        after=("fonts", "release"),
    ),
    Step(
        name="paper",
        title="making the PDF and the EPUB",
        command=("python", "-m", "pooling.running.publish"),
        inputs=("book", "_config.yml", "src/pooling/running/publish.py", "build/book/_build/html"),
        outputs=("build/borrowing-strength.pdf", "build/borrowing-strength.epub"),
        after=("book",),
        asked_for=True,
    ),
    _rehearsal("rehearse", "grading the rehearsal class", "build/rehearsal"),
    # A few dozen runs of whole chapters: weekly, and before a change of many chapters is published.
    Step(
        name="seeds",
        title="running the chapters with other seeds",
        command=("python", "benchmarks/other_seeds.py"),
        inputs=("book", "benchmarks/other_seeds.py", "src/pooling", "requirements.lock"),
        outputs=("benchmarks/other_seeds.csv",),
        ignored=(*_HOUSEHOLD, "src/pooling/grading/*"),
        after=("fonts",),
        asked_for=True,
    ),
    # Everybody else of the corpus: half an hour, and of interest to who changes the grader.
    _rehearsal("bank", "grading the rest of the corpus", "build/bank", "--rest"),
)
