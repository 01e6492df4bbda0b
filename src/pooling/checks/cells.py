"""One function for each test cell of the exercises.

Each takes the notebook's own variables, ``globals()``, finds the answer in them by its name,
gathers evidence, and reports the verdict: points as the value, the explanation printed. Called
with ``fresh=True``, a builder is judged on data made up on the spot: another number of groups,
another bad one.
"""

from collections.abc import Callable, Mapping
from functools import cache, wraps
from typing import Any

import numpy as np

from pooling import exact
from pooling.checks import numbers
from pooling.checks.density import HIERARCHICAL, SLOPE_PRIOR, UNPOOLED, Density, Rows
from pooling.checks.evidence import TraceEvidence, build, measure_model, measure_trace
from pooling.checks.feedback import quiet, report
from pooling.checks.verdict import Verdict, judge_model, judge_trace, wrong
from pooling.data import load_groups, simulate_groups

Answers = Mapping[str, Any]

#: What each cell is worth, by the name of its check.
POINTS = {
    "build_unpooled": 4,
    "sample_unpooled": 2,
    "read_outlier": 2,
    "build_slope_prior": 4,
    "draw_slopes": 3,
    "prior_spread": 3,
    "build_hierarchical": 4,
    "sample_hierarchical": 3,
    "outlier_shrinks": 3,
    "measure_shrinkage": 3,
}

_ROWS = "(groups, x, y)"


class _Missing(Exception):
    """An answer that the notebook does not hold; its code, and its name."""


def _find(answers: Answers, name: str) -> Any:
    if name not in answers:
        raise _Missing("undefined", name)
    if answers[name] is ...:
        raise _Missing("not-written", name)
    return answers[name]


def _names(answers: Answers) -> Mapping[str, str]:
    """The student's own names for variables, from a ``NAMES = {"slope": "beta"}`` of theirs."""
    names = answers.get("NAMES", {})
    return names if isinstance(names, Mapping) else {}


def _cell(judge: Callable[..., Verdict]) -> Callable[..., float]:
    """Turn a function that returns a verdict into what a test cell calls."""

    @wraps(judge)
    def check(answers: Answers, **options: Any) -> float:
        with quiet():
            try:
                verdict = judge(answers, **options)
            except _Missing as missing:
                code, name = missing.args
                verdict = wrong(code, name=name)
        return report(verdict, POINTS[judge.__name__])

    return check


@cache
def _course() -> tuple[Rows, int]:
    """The course's rows and the number of its bad group."""
    data = load_groups()
    return Rows(data.groups, data.x, data.y), int(data.groups[data.outlier][0])


@cache
def _exact(hierarchical: bool) -> exact.Posterior:
    rows, _ = _course()
    return (exact.hierarchical if hierarchical else exact.unpooled)(rows.groups, rows.x, rows.y)


def _fresh_rows(rng: np.random.Generator) -> Rows:
    """Other data: another number of groups, another bad one, rows in no order."""
    n_groups = int(rng.choice([5, 6, 7, 9, 10]))
    bad = int(rng.integers(n_groups - 1))
    sizes = rng.integers(8, 16, n_groups)
    sizes[bad] = 4
    data = simulate_groups(
        int(rng.integers(2**31)), sizes=tuple(map(int, sizes)), outlier_group=bad
    )
    order = rng.permutation(data.groups.size)
    return Rows(data.groups[order], data.x[order], data.y[order])


def _judge_builder(answers: Answers, name: str, density: Density, fresh: bool) -> Verdict:
    builder = _find(answers, name)
    rng = np.random.default_rng()
    course, _ = _course()
    rows = _fresh_rows(rng) if fresh else course
    model = build(builder, rows.groups.copy(), rows.x.copy(), rows.y.copy())
    evidence = measure_model(model, tuple(density.parameters), rng, _names(answers))
    verdict = judge_model(evidence, density, rows, name, _ROWS)
    if fresh and not verdict.right:
        slopes = int(np.prod(evidence.shapes.get("slope", (0,))))
        seen = sum(v.size for v in evidence.observed.values())
        if slopes == course.n_groups or seen == course.y.size:
            return wrong("ignores-arguments")
    return verdict


def _judge_model(answers: Answers, name: str, density: Density) -> Verdict:
    """Judge a finished model, which must be that of the course's data."""
    rows, _ = _course()
    model = _find(answers, name)
    wanted, rng = tuple(density.parameters), np.random.default_rng()
    evidence = measure_model(build(lambda: model), wanted, rng, _names(answers))
    return judge_model(evidence, density, rows, name, _ROWS)


def _trace(answers: Answers, trace: str, model: str, density: Density) -> TraceEvidence:
    wanted = tuple(density.parameters)
    return measure_trace(_find(answers, trace), answers.get(model), wanted, _names(answers))


def _judge_sampling(
    answers: Answers, model: str, trace: str, density: Density, hierarchical: bool
) -> Verdict:
    rows, _ = _course()
    evidence = _trace(answers, trace, model, density)
    verdict = _judge_model(answers, model, density)
    return judge_trace(evidence, verdict, _exact(hierarchical), rows.n_groups, trace)


# --- ps1-no-pooling -----------------------------------------------------------------------------


@_cell
def build_unpooled(answers: Answers, fresh: bool = False) -> Verdict:
    """The unpooled model: eight slopes with a fixed prior, one noise."""
    return _judge_builder(answers, "build_unpooled", UNPOOLED, fresh)


@_cell
def sample_unpooled(answers: Answers) -> Verdict:
    """A healthy trace of the unpooled model."""
    return _judge_sampling(answers, "unpooled_model", "unpooled_trace", UNPOOLED, False)


@_cell
def read_outlier(answers: Answers) -> Verdict:
    """The group that stands apart, and the 94 % HDI of its slope."""
    _, bad = _course()
    group = numbers.as_scalar(_find(answers, "outlier_group"))
    interval = _find(answers, "outlier_hdi")
    if group is None or group != int(group):
        return wrong("not-a-number", name="outlier_group", asked="a whole number", value=group)
    if group != bad:
        return wrong("wrong-group", value=int(group))
    sampling = _judge_sampling(answers, "unpooled_model", "unpooled_trace", UNPOOLED, False)
    if sampling.share == 0.0:
        return sampling
    evidence = _trace(answers, "unpooled_trace", "unpooled_model", UNPOOLED)
    return numbers.judge_interval(interval, evidence, bad, _exact(False)["slope"], "outlier_hdi")


# --- ps2-hyperpriors ----------------------------------------------------------------------------


@_cell
def build_slope_prior(answers: Answers, fresh: bool = False) -> Verdict:
    """The prior of the slopes with hyperpriors, before any data."""
    builder = _find(answers, "build_slope_prior")
    rng = np.random.default_rng()
    n_groups = int(rng.choice([3, 5, 12])) if fresh else _course()[0].n_groups
    rows = Rows(np.arange(n_groups), np.ones(n_groups), np.ones(n_groups))
    wanted = tuple(SLOPE_PRIOR.parameters)
    evidence = measure_model(build(builder, n_groups), wanted, rng, _names(answers))
    verdict = judge_model(evidence, SLOPE_PRIOR, rows, "build_slope_prior", "(n_groups)")
    if fresh and verdict.code == "slope-length":
        return wrong("ignores-arguments")
    return verdict


@_cell
def draw_slopes(answers: Answers) -> Verdict:
    """Draws of all slopes from that prior, one (mu, sigma) a draw."""
    value = _find(answers, "prior_slopes")
    return numbers.judge_prior_draws(value, _course()[0].n_groups, "prior_slopes")


@_cell
def prior_spread(answers: Answers) -> Verdict:
    """The prior probability that two groups' slopes differ by more than 0.5."""
    value = _find(answers, "p_apart")
    draws = numbers.as_array(answers.get("prior_slopes"))
    return numbers.judge_apart(value, draws, 0.5, "p_apart")


# --- ps3-partial-pooling ------------------------------------------------------------------------


@_cell
def build_hierarchical(answers: Answers, fresh: bool = False) -> Verdict:
    """The hierarchical model: the slopes' mean and sd are learned as well."""
    return _judge_builder(answers, "build_hierarchical", HIERARCHICAL, fresh)


@_cell
def sample_hierarchical(answers: Answers) -> Verdict:
    """A healthy trace of the hierarchical model."""
    return _judge_sampling(answers, "hierarchical_model", "hierarchical_trace", HIERARCHICAL, True)


@_cell
def outlier_shrinks(answers: Answers) -> Verdict:
    """Posterior mean and 94 % HDI of the outlier group's slope, shrunk toward two."""
    _, bad = _course()
    value, interval = _find(answers, "slope_7"), _find(answers, "slope_7_hdi")
    number = numbers.as_scalar(value)
    before, after = _exact(False)["slope"], _exact(True)["slope"]
    if number is not None and abs(number - before.mean[bad]) < 0.5 * before.sd[bad]:
        return wrong("no-shrinkage", group=bad, value=number)
    sampling = _judge_sampling(
        answers, "hierarchical_model", "hierarchical_trace", HIERARCHICAL, True
    )
    if sampling.share == 0.0:
        return sampling
    evidence = _trace(answers, "hierarchical_trace", "hierarchical_model", HIERARCHICAL)
    mean = numbers.judge_mean(value, evidence, bad, after, "slope_7")
    if not mean.right:
        return mean
    verdict = numbers.judge_interval(interval, evidence, bad, after, "slope_7_hdi")
    if not verdict.right:
        return verdict
    return numbers.right(
        f"Group {bad}'s slope went from {before.mean[bad]:.2f} without pooling to {number:.2f}."
    )


@_cell
def measure_shrinkage(answers: Answers) -> Verdict:
    """A function for the share of the way from the unpooled to the population slope."""
    function = _find(answers, "shrinkage")
    return numbers.judge_shrinkage(function, np.random.default_rng(), "shrinkage")
