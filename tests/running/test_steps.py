"""The course's own steps."""

from pooling.running.folder import files, find_root
from pooling.running.steps import STEPS


def test_the_steps_read_what_is_there():
    root = find_root()
    made = {output for step in STEPS for output in step.outputs}
    for step in STEPS:
        for path in step.inputs:
            assert (root / path).exists() or path in made, f"{step.name} reads no {path}"


def test_the_library_is_an_input_of_what_it_makes():
    for name in ("book", "rehearse"):
        step = next(step for step in STEPS if step.name == name)
        names = {name for name, _ in files(find_root(), step.inputs, step.ignored)}
        assert {"src/pooling/exact.py", "src/pooling/models.py", "requirements.lock"} <= names
        assert "src/pooling/cli.py" not in names
