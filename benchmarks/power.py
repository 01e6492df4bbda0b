"""How often does the judge of models catch a wrong one, and does it ever fail a right one?

Puts each right and each wrong way to write the course's models, as the tests have them, before
the judge: at random points on the course's data, and on fresh data, new each time. Writes one
line a model to `power.csv` of `pooling.measured`:

* `caught`: in how many of the checks the judge refused it;
* `named`: in how many of those it gave the code that belongs to this mistake;
* `departure`: how far its log density is from the one asked, in proportion to the terms that are
  added up: the least of all checks for a wrong model, the largest for a right one. What the judge
  allows is `AGREEMENT`. Empty for a model that has no density to compare, such as one with a
  variable too many.

    python benchmarks/power.py [CHALLENGES]
"""

import csv
import importlib
import logging
import math
import sys
import warnings
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from pooling.checks import Challenge
from pooling.checks.density import HIERARCHICAL, ROBUST, Density
from pooling.checks.evidence import build, measure_model
from pooling.checks.verdict.course import course_rows
from pooling.checks.verdict.models import AGREEMENT, disagreement, judge_model
from pooling.measured import path

RESULTS = path("power")
COLUMNS = ("density", "kind", "model", "code", "checks", "caught", "named", "departure")


def variants() -> Any:
    """The models of the tests."""
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "checks"))
    return importlib.import_module("variants")


def check(builder: Any, density: Density, challenge: Challenge) -> SimpleNamespace:
    """Judge one model once."""
    rows = challenge.rows() if challenge.fresh else course_rows()[0]
    model = build(builder, rows.groups.copy(), rows.x.copy(), rows.y.copy())
    evidence = measure_model(model, density.parameters, challenge)
    return SimpleNamespace(
        verdict=judge_model(evidence, density, rows, challenge, "build"),
        departure=AGREEMENT * disagreement(evidence, density, rows),
    )


def line(builder: Any, code: str, density: Density, challenges: list[Challenge]) -> list[str]:
    """Judge one model by all challenges: the last columns of its line."""
    found = [check(builder, density, challenge) for challenge in challenges]
    gaps = [f.departure for f in found if not math.isnan(f.departure)]
    extreme = max if code == "right" else min
    return [
        code,
        str(len(found)),
        str(sum(not f.verdict.right for f in found)),
        str(sum(f.verdict.code == code for f in found)),
        f"{extreme(gaps):.3g}" if gaps else "",
    ]


def main(count: int) -> None:
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    challenges = [Challenge(seed, fresh) for fresh in (False, True) for seed in range(count)]
    models = variants()
    families = (
        ("hierarchical", HIERARCHICAL, models.RIGHT_HIERARCHICAL, models.WRONG_HIERARCHICAL),
        ("robust", ROBUST, models.RIGHT_ROBUST, models.WRONG_ROBUST),
    )
    with RESULTS.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for family, density, right, wrong in families:
            for builder in right:
                name = builder.__name__.replace("_", " ")
                columns = line(builder, "right", density, challenges)
                writer.writerow([family, "right", name, *columns])
                file.flush()
            for name, (builder, code) in wrong.items():
                columns = line(builder, code, density, challenges)
                writer.writerow([family, "wrong", name, *columns])
                file.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10)
