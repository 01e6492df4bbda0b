"""Patches of the rehearsal class, and the notebooks that are made of them."""

import re
from dataclasses import replace

import nbformat
import pytest

from pooling.grading.submissions import Expected, choose, handed_in, read_class, read_submission


@pytest.fixture
def patch(tmp_path):
    def write(text):
        path = tmp_path / "ps1-no-pooling" / "somebody.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture(scope="module")
def notebooks(root):
    return tuple(
        nbformat.read(root / folder / "ps1-no-pooling" / "no_pooling.ipynb", as_version=4)
        for folder in ("exercises", "solutions")
    )


def sources(notebook):
    return {c.metadata.get("nbgrader", {}).get("grade_id"): c.source for c in notebook.cells}


def test_a_patch_is_read(patch):
    found = read_submission(
        patch("# story: a story\n# test-a: 1.5 one-chain\n\n# %% a\nx = 1\n\n# %% b\ny = 2\n")
    )
    assert (found.student, found.assignment) == ("somebody", "ps1-no-pooling")
    assert found.story == "a story"
    assert found.expected == {"test-a": Expected(1.5, "one-chain")}
    assert found.cells == {"a": "x = 1", "b": "y = 2"}


@pytest.mark.parametrize(
    "text", ["x = 1\n", "# test-a: full right\n", "# colour: red\n# %% a\nx = 1\n"]
)
def test_a_patch_that_cannot_be_understood_names_its_file(patch, text):
    with pytest.raises(ValueError, match=r"somebody\.py"):
        read_submission(patch(text))


def test_cells_that_are_not_given_come_from_the_solution(patch, notebooks):
    found = read_submission(patch("# %% read-outlier\noutlier_group = 3\n"))
    cells = sources(handed_in(found, *notebooks))
    assert cells["read-outlier"] == "outlier_group = 3"
    assert "pm.Normal" in cells["build-unpooled"]
    assert "SOLUTION" not in cells["build-unpooled"]
    # The test cells are the student's: without the hidden part.
    assert "fresh" not in cells["test-build-unpooled"]


def test_or_stay_as_they_were_received(patch, notebooks):
    found = read_submission(patch("# base: released\n# %% read-outlier\noutlier_group = 3\n"))
    cells = sources(handed_in(found, *notebooks))
    assert cells["read-outlier"] == "outlier_group = 3"
    assert "NotImplementedError" in cells["build-unpooled"]


def test_who_runs_again_takes_other_seeds(patch, notebooks):
    found = read_submission(patch("# %% build-unpooled\nrun(random_seed=9, draws=9)\n"))
    cells = sources(handed_in(replace(found, shift=1), *notebooks))
    assert cells["build-unpooled"] == "run(random_seed=10, draws=9)"
    # Those of the solution as well.
    [was] = re.findall(r"random_seed=(\d+)", sources(notebooks[1])["sample-unpooled"])
    assert f"random_seed={int(was) + 1}" in cells["sample-unpooled"]


def test_a_cell_that_is_not_there_is_an_error(patch, notebooks):
    found = read_submission(patch("# %% build-unpoled\nx = 1\n"))
    with pytest.raises(ValueError, match="build-unpoled"):
        handed_in(found, *notebooks)


def test_an_empty_class_is_an_error(tmp_path):
    with pytest.raises(ValueError, match="no submissions"):
        read_class(tmp_path)


def test_a_list_parts_the_class_from_the_rest(tmp_path, root):
    everybody = read_class(root / "tests" / "corpus")
    listed = tmp_path / "class.txt"
    assert choose(everybody, listed) == everybody
    listed.write_text("ps1-no-pooling/source_code\nps3-partial-pooling/one_chain\n")
    few, rest = choose(everybody, listed), choose(everybody, listed, rest=True)
    assert [s.student for s in few] == ["source_code", "one_chain"]
    assert len(rest) == len(everybody) - 2
    listed.write_text("ps1-no-pooling/nobody\n")
    with pytest.raises(ValueError, match="nobody"):
        choose(everybody, listed)
