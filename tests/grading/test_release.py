"""The released exercises are what nbgrader makes of the solutions, and give nothing away."""

import nbformat
import pytest

from pooling import checks
from pooling.grading.nbgrader import assignments
from pooling.grading.release import release


def test_the_committed_exercises_are_the_generated_ones(root, tmp_path):
    written = release(root, tmp_path)
    committed = sorted((root / "exercises").glob("*/*.ipynb"))
    assert [p.relative_to(tmp_path) for p in written] == [
        p.relative_to(root / "exercises") for p in committed
    ]
    for mine, theirs in zip(written, committed, strict=True):
        assert mine.read_bytes() == theirs.read_bytes(), f"run `make exercises`: {theirs.name}"


@pytest.fixture(scope="module")
def notebooks(root):
    return {
        name: nbformat.read(next((root / "exercises" / name).glob("*.ipynb")), as_version=4)
        for name in assignments(root)
    }


def test_no_solution_and_no_hidden_test_is_released(notebooks):
    for notebook in notebooks.values():
        for cell in notebook.cells:
            assert "SOLUTION" not in cell.source
            assert "HIDDEN" not in cell.source
            assert "fresh" not in cell.source
            if cell.metadata.get("nbgrader", {}).get("solution"):
                stub = "NotImplementedError" if cell.cell_type == "code" else "YOUR ANSWER HERE"
                assert stub in cell.source


# The contract that other tools rely on: solution cells and the points of their test cells.
CONTRACT = {
    "ps1-no-pooling": {
        "build-unpooled": 4,
        "sample-unpooled": 2,
        "read-outlier": 2,
        "explain-unpooled": 2,
    },
    "ps2-hyperpriors": {"build-slope-prior": 4, "draw-slopes": 3, "prior-spread": 3},
    "ps3-partial-pooling": {
        "build-hierarchical": 4,
        "sample-hierarchical": 3,
        "outlier-shrinks": 3,
        "measure-shrinkage": 3,
        "explain-shrinkage": 2,
    },
    "ps4-geometry": {
        "build-non-centered": 4,
        "sample-non-centered": 3,
        "build-robust": 4,
        "prior-sensitivity": 4,
    },
}


@pytest.mark.parametrize("assignment", CONTRACT)
def test_cells_and_points_are_those_of_the_contract(notebooks, assignment):
    points, solutions = {}, []
    for cell in notebooks[assignment].cells:
        meta = cell.metadata.get("nbgrader", {})
        if meta.get("solution"):
            solutions.append(meta["grade_id"])
        if meta.get("grade"):
            points[meta["grade_id"].removeprefix("test-")] = meta["points"]
    assert points == CONTRACT[assignment]
    assert solutions == list(CONTRACT[assignment])


@pytest.mark.parametrize("assignment", CONTRACT)
def test_each_test_cell_calls_the_check_of_its_name_with_its_points(notebooks, assignment):
    for cell in notebooks[assignment].cells:
        meta = cell.metadata.get("nbgrader", {})
        if meta.get("grade_id", "").startswith("test-"):
            name = meta["grade_id"].removeprefix("test-").replace("-", "_")
            assert f"checks.{name}(globals())" in cell.source
            assert checks.POINTS[name] == meta["points"]
