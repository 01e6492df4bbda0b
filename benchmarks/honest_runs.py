"""How many honest runs of the right model are asked to run again?

Samples the course's hierarchical model many times in the ways in which students will, and puts
each run before the judge of traces; beside it, the customary gates (R-hat below 1.01, and no
divergence). Prints a table with the share of runs that each would send back and an upper 95 %
bound for the judge's. A right run is never failed, only sent back; a run that failed ends the
program with an error.

    python benchmarks/honest_runs.py [RUNS]
"""

import logging
import sys
import warnings

import pymc as pm
from scipy.stats import beta

from pooling import exact, load_groups, models
from pooling.checks.density import HIERARCHICAL
from pooling.checks.evidence import measure_trace
from pooling.checks.verdict import judge_trace, right

CENTERED, NON_CENTERED = models.build_hierarchical, models.build_non_centered

CONFIGURATIONS = [
    ("centered, 0.995, 4 x 1000", CENTERED, {"target_accept": 0.995, "draws": 1000, "chains": 4}),
    ("centered, 0.995, 2 x 500", CENTERED, {"target_accept": 0.995, "draws": 500, "chains": 2}),
    ("centered, 0.95, 4 x 1000", CENTERED, {"target_accept": 0.95, "draws": 1000, "chains": 4}),
    ("centered, 0.9, 4 x 1000", CENTERED, {"target_accept": 0.9, "draws": 1000, "chains": 4}),
    ("non-centered, 0.8, 4 x 1000", NON_CENTERED, {"draws": 1000, "chains": 4}),
]


def main(runs: int) -> None:
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    data = load_groups()
    rows = data.groups, data.x, data.y
    posterior = exact.hierarchical(*rows)
    names = tuple(HIERARCHICAL.parameters)
    print(f"{runs} runs each" + " " * 19 + "sent back   at most   R-hat 1.01   no divergence")
    for title, build, settings in CONFIGURATIONS:
        model = build(*rows)
        back = rough = diverged = 0
        for seed in range(runs):
            trace = pm.sample(model=model, random_seed=seed, progressbar=False, **settings)
            evidence = measure_trace(trace, model, names)
            verdict = judge_trace(evidence, right(""), posterior, data.n_groups, "trace")
            if verdict.share == 0.0:
                raise SystemExit(f"an honest run failed: {title}, seed {seed}: {verdict}")
            back += not verdict.right
            rough += max(evidence.r_hat.values()) >= 1.01
            diverged += evidence.diverging > 0
        bound = beta.ppf(0.95, back + 1, runs - back)
        shares = (100 * share for share in (back / runs, bound, rough / runs, diverged / runs))
        cells = (f"{share:9.1f} %" for share in shares)
        print(f"{title:29s}", *cells, flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 400)
