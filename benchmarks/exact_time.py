"""Measure the exact posterior of the course's data beside a stock sampler's run on the same model.

    python benchmarks/exact_time.py

Everything runs in one process on one core, so that the ratios mean something on any machine:
`exact.hierarchical`, what readers take from it, and `pm.sample` of the centered model as the
source writes it (4 chains of 1000 draws, target_accept 0.995), first with its compilation and
then from PyTensor's cache. Medians, in milliseconds: by the clock, and of the processor's time,
which other programs disturb less. `exact.hierarchical` is meant to take less than 100 ms.
"""

import logging
import os
import statistics
import time
from collections.abc import Callable
from typing import Any

# One core: the libraries read this when they are first imported.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ[name] = "1"
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})

import pymc as pm  # noqa: E402

import pooling  # noqa: E402

RUNS = 15


def median_time(function: Callable[[], Any], runs: int = RUNS) -> tuple[float, float]:
    """Return the median time of some calls, by the clock and the processor, in seconds."""
    clock, processor = [], []
    for _ in range(runs):
        start = time.perf_counter(), time.process_time()
        function()
        clock.append(time.perf_counter() - start[0])
        processor.append(time.process_time() - start[1])
    return statistics.median(clock), statistics.median(processor)


if __name__ == "__main__":
    logging.getLogger("pymc").setLevel(logging.ERROR)
    data = pooling.load_groups()
    groups, x, y = data.groups, data.x, data.y

    def exactly() -> pooling.exact.Posterior:
        return pooling.exact.hierarchical(groups, x, y)

    def intervals() -> None:
        fresh()["slope"].hdi()

    # Marginals are made on first use, so a posterior is good for one measurement.
    posteriors = [exactly() for _ in range(3 * RUNS)]
    fresh = posteriors.pop
    times = {
        "exact.hierarchical": median_time(exactly),
        "exact.unpooled": median_time(lambda: pooling.exact.unpooled(groups, x, y)),
        "HDI of the 8 slopes": median_time(intervals),
        "4 x 1000 exact draws": median_time(lambda: fresh().draws(1000, 4, seed=0)),
    }

    def sample() -> None:
        with pooling.models.build_hierarchical(groups, x, y):
            pm.sample(
                1000, chains=4, cores=1, target_accept=0.995, random_seed=1, progressbar=False
            )

    times["pm.sample, first"] = median_time(sample, runs=1)
    times["pm.sample, again"] = median_time(sample, runs=3)
    clock_unit, processor_unit = times["exact.hierarchical"]
    print(f"{'':<22}{'clock':>12}{'ratio':>9}{'processor':>15}{'ratio':>9}")
    for what, (clock, processor) in times.items():
        print(
            f"{what:<22}{1000 * clock:9.0f} ms{clock / clock_unit:9.2f}"
            f"{1000 * processor:12.0f} ms{processor / processor_unit:9.2f}"
        )
