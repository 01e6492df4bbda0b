"""How do honest runs of the right model fare before the judge of traces?

Samples the course's hierarchical model again and again in the ways in which students will, and
writes down what the judge looks at: one line a run in `honest_runs.csv` of `pooling.measured`.
Runs that are in the file already are not made again, so this can be stopped and called again; the
verdicts on them are `pooling.checks.calibration`'s business, and so need no new sampling when a
gate changes. When what is measured changes (how far the draws lie from the exact posterior, say),
delete the file first: old lines would stand beside new ones.

A run of 2 chains x 500 is the beginning of a run of 4 x 1000, after the same tuning, and so on: one
fit is looked at at all its sizes.

    python benchmarks/honest_runs.py [--runs 400] [--sampler nutpie] [--form centered] ...
"""

import argparse
import csv
import logging
import warnings
from functools import cache

import numpy as np
import pymc as pm

from pooling import exact, load_groups, measured, models
from pooling.checks.density import HIERARCHICAL
from pooling.checks.evidence import measure_trace
from pooling.checks.verdict.traces import distances

RESULTS = measured.path("honest_runs")
KEY = ("sampler", "form", "target_accept", "tune", "chains", "draws", "seed")
COLUMNS = (*KEY, "diverging", "r_hat", "ess", "distance", "gap")
FORMS = {"centered": models.build_hierarchical, "non-centered": models.build_non_centered}
# What pm.sample has each sampler tune unless it is told.
TUNE = {"nutpie": 400, "pymc": 1000}
# Form, target_accept, and tune where the exercises name it: the first is what ps3 recommends.
SETTINGS = [
    ("centered", 0.995, 1000),
    ("centered", 0.995, None),
    ("centered", 0.95, None),
    ("centered", 0.9, None),
    ("non-centered", 0.95, None),
]
SIZES = [(4, 2000), (4, 1000), (2, 500)]
# A chain that gets stuck in the funnel for a while weighs less in a longer run.
LONGER = {("nutpie", *SETTINGS[0]): [(4, 4000), *SIZES]}


def recorded() -> set[tuple[str, ...]]:
    """Settings and seeds of the runs that are in the file."""
    if not RESULTS.exists():
        return set()
    with RESULTS.open(encoding="utf-8", newline="") as file:
        return {tuple(row[name] for name in KEY) for row in csv.DictReader(file)}


def sampler_for(sampler: str, model: pm.Model):
    """Return a function (target_accept, tune, chains, draws, seed) -> trace that compiles once."""
    if sampler == "nutpie":
        import nutpie

        compiled = nutpie.compile_pymc_model(model)
        return lambda accept, tune, chains, draws, seed: nutpie.sample(
            compiled,
            target_accept=accept,
            chains=chains,
            draws=draws,
            tune=tune,
            seed=seed,
            progress_bar=False,
        )
    # pm.sample compiles this same function anew in each call.
    object.__setattr__(model, "logp_dlogp_function", cache(model.logp_dlogp_function))
    return lambda accept, tune, chains, draws, seed: pm.sample(
        model=model,
        nuts_sampler="pymc",
        target_accept=accept,
        tune=tune,
        chains=chains,
        draws=draws,
        random_seed=seed,
        cores=1,
        progressbar=False,
        compute_convergence_checks=False,
    )


def look(trace, model: pm.Model, sizes: list[tuple[int, int]], posterior: exact.Posterior):
    """Yield what the judge looks at, as the last columns of a line, at each size of the run."""
    names = tuple(HIERARCHICAL.parameters)
    whole = measure_trace(trace, model, names)
    gap = np.ptp(whole.recorded - whole.recomputed) / max(1.0, np.abs(whole.recorded).max())
    for chains, draws in sizes:
        part = trace.isel(chain=slice(chains), draw=slice(draws))
        evidence = measure_trace(part, None, names)
        yield [
            str(evidence.diverging),
            f"{max(evidence.r_hat.values()):.4f}",
            f"{min(evidence.ess.values()):.1f}",
            f"{max(distances(evidence, posterior).values()):.3f}",
            f"{gap:.1e}",
        ]


def main() -> None:
    parser = argparse.ArgumentParser(description="Sample honest runs and write down their health.")
    parser.add_argument("--runs", type=int, default=400, help="of each setting")
    parser.add_argument("--sampler", choices=TUNE, help="only this one")
    parser.add_argument("--form", choices=FORMS, help="only this one")
    parser.add_argument("--target-accept", type=float, help="only this one")
    arguments = parser.parse_args()
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    data = load_groups()
    rows = data.groups, data.x, data.y
    posterior = exact.hierarchical(*rows)
    done = recorded()
    if not done:
        RESULTS.write_text(",".join(COLUMNS) + "\n", encoding="utf-8")
    for sampler in TUNE:
        # One sampler's own tune may be what the exercises name.
        settings = dict.fromkeys(
            (form, accept, tune or TUNE[sampler]) for form, accept, tune in SETTINGS
        )
        for form, accept, tune in settings:
            if any(
                wanted not in (None, value)
                for wanted, value in (
                    (arguments.sampler, sampler),
                    (arguments.form, form),
                    (arguments.target_accept, accept),
                )
            ):
                continue
            sizes = LONGER.get((sampler, form, accept, tune), SIZES)
            model = FORMS[form](*rows)
            sample = sampler_for(sampler, model)
            for seed in range(arguments.runs):
                keys = {
                    size: tuple(map(str, (sampler, form, accept, tune, *size, seed)))
                    for size in sizes
                }
                missing = [size for size in sizes if keys[size] not in done]
                if not missing:
                    continue
                trace = sample(accept, tune, *sizes[0], seed)
                columns = look(trace, model, missing, posterior)
                lines = [
                    ",".join([*keys[size], *values])
                    for size, values in zip(missing, columns, strict=True)
                ]
                with RESULTS.open("a", encoding="utf-8") as file:
                    file.write("\n".join(lines) + "\n")
            print(f"{sampler}, {form}, {accept}, {tune}: {arguments.runs} runs", flush=True)


if __name__ == "__main__":
    main()
