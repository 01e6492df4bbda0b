"""The whole way: the class, handed in and graded by the stock nbgrader."""

import contextlib
import csv
import json
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import replace

import pytest
from test_release import CONTRACT

from pooling.grading.nbgrader import nbgrader
from pooling.grading.rehearsal import MOST_ROWS, Row, rehearse, summary, table
from pooling.grading.submissions import Submission, choose, read_class


@pytest.fixture(scope="session")
def rows(rehearsal):
    return [
        Row(**{k: v for k, v in row.items() if k != "ok"})
        for row in json.loads((rehearsal / "table.json").read_text(encoding="utf-8"))
    ]


def test_every_submission_is_graded_as_labelled(rows):
    wrong = [row for row in rows if not row.ok]
    assert not wrong, table(wrong)


def test_the_class_is_whole(rows, root):
    corpus = root / "tests" / "corpus"
    listed = choose(read_class(corpus), corpus / "class.txt")
    assert [(r.assignment, r.student) for r in rows] == [(s.assignment, s.student) for s in listed]


def test_the_class_shows_both_kinds(rows):
    # A class in which everybody passes would prove nothing.
    full = [r for r in rows if r.score == r.max_score]
    assert len(full) >= 6
    assert len(rows) - len(full) >= 10
    assert {r.assignment for r in rows} == set(CONTRACT)


def test_who_is_sent_back_by_chance_runs_again(root, tmp_path):
    # Three draws are too few whatever the processor makes of the seed.
    source = """
seed = dict(random_seed=1)["random_seed"]
unpooled_model = build_unpooled(groups, x, y)
unpooled_trace = pm.sample(
    draws=3 if seed == 1 else 1000, chains=4, model=unpooled_model, progressbar=False
)
"""
    unlucky = Submission("unlucky", "ps1-no-pooling", cells={"sample-unpooled": source})
    stubborn = {"sample-unpooled": source.replace("seed == 1", "seed")}
    both = [unlucky, replace(unlucky, student="stubborn", cells=stubborn)]
    found = rehearse(root, both, tmp_path)
    assert [(r.student, r.ok, r.runs, r.found) for r in found] == [
        ("stubborn", False, 2, "low-ess"),
        ("unlucky", True, 2, "right"),
    ]
    assert table(found).count("run again") == 2


def test_a_row_that_is_not_as_labelled_is_shouted():
    row = Row("somebody", "ps1", "", 8, 8, "right", 4, "obs:groups")
    assert not row.ok
    assert "NOT AS LABELLED: 4, obs:groups" in table([row])
    assert table([row]).endswith("1 submissions, 0 as labelled, 1 not.\n")


def test_the_screen_gets_a_long_class_by_assignment_and_what_is_not_as_labelled():
    def row(number, assignment, found, score, **more):
        return Row(f"s{number}", assignment, "", score, 8, found, score, found, **more)

    rows = [row(i, "ps1", "right", 8) for i in range(MOST_ROWS - 3)]
    rows += [row(90, "ps2", "run:short", 6, rerun=True), row(91, "ps2", "obs:groups", 0)]
    odd = Row("odd", "ps2", "", 0, 8, "obs:x", 8, "right")
    assert summary([*rows, odd], "out/table.txt") == table([*rows, odd])

    told = summary([*rows, odd, row(92, "ps2", "right", 8)], "out/table.txt").splitlines()
    assert [line.split() for line in told[1:3]] == [
        ["ps1", "37", "37", "0", "0", "37"],
        ["ps2", "4", "1", "1", "2", "3"],
    ]
    assert " ".join(told[0].split()) == "assignment submissions right to rerun wrong as labelled"
    assert [line.split()[0] for line in told[4:6]] == ["student", "odd"]
    assert told[5].endswith("NOT AS LABELLED: 8, right")
    assert told[6:] == [
        "41 submissions, 40 as labelled, 1 not.",
        "The whole table: out/table.txt",
    ]


def test_a_run_to_repeat_is_told_from_a_wrong_answer(rows):
    kinds = {(r.assignment, r.student): (r.rerun, r.found) for r in rows}
    assert kinds["ps3-partial-pooling", "one_chain"][0]
    assert not kinds["ps3-partial-pooling", "source_code"][0]
    assert not kinds["ps1-no-pooling", "variance_for_sd"][0]


# --- an instructor's other commands, on a copy of the graded course ------------------------------


@pytest.fixture(scope="module")
def graded(rehearsal, tmp_path_factory):
    """Return an nbgrader course in which the student variance_for_sd is graded."""
    [notebook] = rehearsal.glob("*/autograded/variance_for_sd/ps1-no-pooling/*.ipynb")
    folder = tmp_path_factory.mktemp("course") / "graded"
    shutil.copytree(notebook.parents[3], folder)
    return folder


def test_feedback_shows_the_diagnosis(graded):
    nbgrader("generate_feedback", "ps1-no-pooling", "--student", "variance_for_sd", root=graded)
    [page] = (graded / "feedback" / "variance_for_sd").rglob("*.html")
    text = page.read_text(encoding="utf-8")
    assert "sigma is a standard deviation: 20, not sqrt(20)." in text
    assert "Traceback (most recent call last)" not in text


def test_grades_can_be_exported(graded):
    nbgrader("export", "--to", "grades.csv", root=graded)
    with (graded / "grades.csv").open(encoding="utf-8") as file:
        scores = {
            (row["assignment"], row["student_id"]): float(row["score"])
            for row in csv.DictReader(file)
            if row["score"]
        }
    # What a person has to read is not graded yet.
    assert scores["ps1-no-pooling", "variance_for_sd"] == 0.0
    assert scores["ps3-partial-pooling", "source_code"] == 13.0


def test_validate_tells_right_from_wrong(graded):
    def validate(path):
        return nbgrader("validate", str(path), root=graded)

    told = validate(
        graded / "submitted" / "variance_for_sd" / "ps1-no-pooling" / "no_pooling.ipynb"
    )
    assert "VALIDATION FAILED" in told
    assert "sigma is a standard deviation" in told
    assert "Success" in validate(graded / "solutions" / "ps2-hyperpriors" / "hyperpriors.ipynb")


def test_the_formgrader_opens(graded):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"),
            *(f"--ServerApp.port={port}", "--ServerApp.port_retries=0"),
            *("--IdentityProvider.token=", "--ServerApp.ip=127.0.0.1"),
            "--ServerApp.jpserver_extensions={'nbgrader.server_extensions.formgrader': True}",
        ],
        cwd=graded,
        stdout=(graded / "server.log").open("w"),
        stderr=subprocess.STDOUT,
    )
    try:
        base = f"http://127.0.0.1:{port}/formgrader"
        page = _get(f"{base}/manage_assignments", server)
        assert "Formgrader" in page or "formgrader" in page
        assignments = json.loads(_get(f"{base}/api/assignments", server))
        assert [a["name"] for a in assignments] == sorted(CONTRACT)
        handed_in = len(list((graded / "submitted").glob("*/ps1-no-pooling")))
        assert assignments[0]["num_submissions"] == handed_in > 0
    finally:
        server.terminate()
        server.wait(30)


def _get(url: str, server: subprocess.Popen) -> str:
    """Fetch a page of a server that may still be starting."""
    deadline = time.monotonic() + 60
    while True:
        assert server.poll() is None, "the server stopped"
        with (
            contextlib.suppress(urllib.error.URLError, ConnectionError),
            urllib.request.urlopen(url, timeout=10) as answer,
        ):
            return answer.read().decode("utf-8")
        assert time.monotonic() < deadline, f"no answer from {url}"
        time.sleep(0.5)
