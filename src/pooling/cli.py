"""The command ``pooling``: a thin front of the modules that do the work.

Each subcommand imports what it needs when it runs, so that ``pooling --help`` is quick and a
student's installation needs nothing of an instructor's.
"""

import argparse
import io
import sys
from collections.abc import Sequence


def _course(options: argparse.Namespace) -> int:
    from pooling.running import course
    from pooling.running.folder import find_root

    course.build(find_root(), options.steps, force=options.force)
    return 0


def _read(options: argparse.Namespace) -> int:
    from pooling.running import read
    from pooling.running.folder import find_root
    from pooling.running.steps import BOOK_INDEX

    return read.serve(find_root() / BOOK_INDEX, options.port, options.browser)


def _doctor(options: argparse.Namespace) -> int:
    from pooling.running import doctor

    return doctor.main()


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    parser = argparse.ArgumentParser(
        prog="pooling", description="Borrowing Strength: build, read and check the course."
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    course = commands.add_parser(
        "course", help="build the book, release the exercises, grade the rehearsal class"
    )
    course.add_argument("steps", nargs="*", metavar="STEP", help="book, release, rehearse or bank")
    course.add_argument("--force", action="store_true", help="run steps that are up to date, too")
    course.set_defaults(run=_course)

    read = commands.add_parser("read", help="show the built book in a browser")
    read.add_argument("--port", type=int, default=8000, help="of the local server (8000)")
    read.add_argument("--no-browser", dest="browser", action="store_false", help="do not open it")
    read.set_defaults(run=_read)

    doctor = commands.add_parser("doctor", help="check that this machine has what the course needs")
    doctor.set_defaults(run=_doctor)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand.

    Parameters
    ----------
    arguments : sequence of str, optional
        The command line without the program's name; ``sys.argv`` if not given.

    Returns
    -------
    int
        The exit code: 0 if all went well, 1 after a failure with its reason on stderr, 2 for a
        wrong command line, 130 after Ctrl-C.
    """
    from pooling.running.folder import CourseError

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a console that lacks a letter shows a "?"
    options = make_parser().parse_args(arguments)
    try:
        return options.run(options)
    except CourseError as error:
        print(f"\n{error}".rstrip(".") + ".", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. The same command goes on where it stopped.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
