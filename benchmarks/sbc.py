"""Is PyMC's way from a model to draws calibrated, and would we notice if it were not?

Simulation-based calibration by simuk: worlds are drawn from the prior, each is fitted by
`pm.sample`, and the rank of the truth among the draws is written down. Twice: for the course's
model, and for one with a slip, which takes the noise's standard deviation for its variance. The
worlds are simulated by code of their own, so that a slip of the model is not in them too.

    python benchmarks/sbc.py [--worlds 120]

The result is `sbc.csv` of `pooling.measured`, a line for each fit, parameter and world: of how many
draws how many lie below the truth, and how well the chains had mixed.
"""

import argparse
import csv
import logging
import warnings
from typing import Any

import arviz as az
import numpy as np
import pymc as pm
import simuk

from pooling import load_groups, measured

RESULTS = measured.path("sbc")
COLUMNS = ("fit", "parameter", "world", "rank", "draws", "r_hat", "ess")
PARAMETERS = ("mu_slope", "sigma_slope", "noise")
# A rank among draws that depend on one another is a rough one, and many draws cost little here:
# most of a fit's time goes into compiling.
CHAINS, DRAWS = 4, 1000

data = load_groups()


def build(noise_is_variance: bool) -> pm.Model:
    """Write the non-centered model, right or with the slip."""
    with pm.Model() as model:
        mu = pm.Normal("mu_slope", 0, 1)
        sigma = pm.Exponential("sigma_slope", 13)
        offset = pm.Normal("offset", 0, 1, shape=data.n_groups)
        slope = mu + sigma * offset
        noise = pm.Exponential("noise", 10)
        sd = pm.math.sqrt(noise) if noise_is_variance else noise
        observed = pm.Data("y", data.y)
        pm.Normal("obs", slope[data.groups] * data.x, sd, observed=observed)
    return model


def simulate(mu_slope, sigma_slope, offset, noise, seed, **others) -> dict[str, np.ndarray]:
    """Make a world's readings, with nothing of PyMC's."""
    slope = mu_slope + sigma_slope * np.asarray(offset)
    rng = np.random.default_rng(seed)
    return {"obs": rng.normal(slope[data.groups] * data.x, noise)}


def ranks(model: pm.Model, worlds: int, seed: int):
    """Yield a line's parameter, world, rank, R-hat and bulk ESS."""
    run = simuk.SBC(
        model,
        num_simulations=worlds,
        simulator=simulate,
        seed=seed,
        progress_bar=False,
        sample_kwargs={
            "draws": DRAWS,
            "tune": 500,
            "chains": CHAINS,
            "target_accept": 0.95,
            "cores": 1,
        },
    )
    run.run_simulations()
    found: Any = run.simulations  # a tree once the worlds are done
    fits = [fit[list(PARAMETERS)].unstack("sample") for fit in run.posteriors]
    for name in PARAMETERS:
        for world, rank in enumerate(found["prior_sbc"][name].values.ravel()):
            draws = fits[world][name]
            yield (
                name,
                world,
                int(rank),
                f"{float(az.rhat(draws)):.4f}",
                f"{float(az.ess(draws)):.1f}",
            )


def main() -> None:
    parser = argparse.ArgumentParser(description="Simulation-based calibration by simuk.")
    parser.add_argument("--worlds", type=int, default=120)
    arguments = parser.parse_args()
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    with RESULTS.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(COLUMNS)
        for label, slip in (("right", False), ("noise as variance", True)):
            for name, world, rank, *health in ranks(build(slip), arguments.worlds, seed=598):
                lines.writerow((label, name, world, rank, CHAINS * DRAWS, *health))
            print(label, "done", flush=True)


if __name__ == "__main__":
    main()
