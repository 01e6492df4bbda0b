"""Steps made for the tests."""

from pooling.running.steps import Step

#: A step's command that copies its input to its output and notes that it ran.
COPY = """
import sys
from pathlib import Path
source, target = map(Path, sys.argv[1:])
with open("ran.txt", "a") as ran:
    ran.write(target.name + " ")
print("at work on", source)
target.parent.mkdir(exist_ok=True)
target.write_text(source.read_text() + "!")
"""


def copying(name: str, source: str, **more) -> Step:
    """Return a step that makes ``out/NAME`` from a source."""
    command = ("python", "copy.py", source, f"out/{name}")
    return Step(name, f"copying {source}", command, (source,), (f"out/{name}",), **more)


def python(name: str, code: str, **more) -> Step:
    """Return a step that runs some code and has no output."""
    return Step(name, "running some code", ("python", "-c", code), ("a",), (), **more)
