"""What the gates on a run's health make of honest runs of the right model.

A judge of random runs must be tried on runs that are known to be honest: how many does it send
back, and does it fail any? `benchmarks/honest_runs.py` samples the course's model again and again
and writes a line for each run; here the judge's own gates are applied to those lines. The counts
rest on a few hundred runs at most, so beside each share stands an upper 95 % bound, after Clopper
and Pearson: with a larger share, so few of so many runs would be seen less than once in 20 times.
"""

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from scipy.stats import beta

from pooling.checks.verdict.traces import PROVENANCE, Health, judge_health

#: The customary gates, which the judge's own are compared with.
CUSTOMARY_R_HAT = 1.01


@dataclass(frozen=True)
class Run:
    """An honest run, and what the judge looks at.

    Attributes
    ----------
    sampler, form : str
    target_accept : float
    tune, chains, draws : int
    diverging : int
    r_hat, ess, distance : float
        Largest R-hat, least bulk ESS, and largest distance from the exact posterior in units of
        chance.
    gap : float
        Spread of the recorded minus the recomputed log density, relative to its size.
    """

    sampler: str
    form: str
    target_accept: float
    tune: int
    chains: int
    draws: int
    diverging: int
    r_hat: float
    ess: float
    distance: float
    gap: float

    @property
    def setting(self) -> tuple[str, str, float, int, int, int]:
        """All by which runs are put together."""
        return self.sampler, self.form, self.target_accept, self.tune, self.chains, self.draws

    @property
    def failed(self) -> bool:
        """Would the judge say that these draws are not the model's own?"""
        return not self.gap <= PROVENANCE

    @property
    def gate(self) -> str:
        """Code of the gate that sends the run back; "right" if none does."""
        r_hat, ess, distance = ((value, "") for value in (self.r_hat, self.ess, self.distance))
        health = Health(self.chains, self.draws, self.diverging, r_hat, ess, distance)
        return judge_health(health).code


@dataclass(frozen=True)
class Row:
    """How the runs of one setting fare.

    Attributes
    ----------
    setting : (sampler, form, target_accept, tune, chains, draws)
    runs : int
    failed : int
        Runs whose draws the judge would not take for the model's own.
    gates : dict
        How many runs each gate sent back; a run is counted for the first gate that it meets.
    rough, diverged : int
        Runs that the customary gates would send back: an R-hat of 1.01 or more; a divergence.
    customary : int
        Runs that one or the other of these would send back.
    """

    setting: tuple[str, str, float, int, int, int]
    runs: int
    failed: int
    gates: Mapping[str, int]
    rough: int
    diverged: int
    customary: int

    @property
    def sent_back(self) -> int:
        return sum(self.gates.values())

    @property
    def failed_at_most(self) -> float:
        """Upper 95 % bound on the share failed."""
        return at_most(self.failed, self.runs)

    @property
    def sent_back_at_most(self) -> float:
        """Upper 95 % bound on the share sent back."""
        return at_most(self.sent_back, self.runs)


def at_most(count: int, runs: int) -> float:
    """Upper 95 % bound on a share of which this many were seen, after Clopper and Pearson."""
    if not 0 <= count <= runs:
        raise ValueError(f"expected a count from 0 to {runs}, got {count}")
    return 1.0 if count == runs else float(beta.ppf(0.95, count + 1, runs - count))


def read(path: Path) -> list[Run]:
    """Read the runs that `benchmarks/honest_runs.py` wrote down."""
    kinds = Run.__annotations__
    with Path(path).open(encoding="utf-8", newline="") as file:
        return [
            Run(**{name: kind(line[name]) for name, kind in kinds.items()})
            for line in csv.DictReader(file)
        ]


def table(runs: Iterable[Run]) -> list[Row]:
    """Apply the gates to runs, and count; settings in the order of their first run."""
    groups: dict[tuple, list[Run]] = {}
    for run in runs:
        groups.setdefault(run.setting, []).append(run)
    return [_row(setting, members) for setting, members in groups.items()]


def _row(setting: tuple, runs: list[Run]) -> Row:
    rough = [not run.r_hat < CUSTOMARY_R_HAT for run in runs]
    diverged = [run.diverging > 0 for run in runs]
    gates = Counter(run.gate for run in runs if not run.failed)
    return Row(
        setting=setting,
        runs=len(runs),
        failed=sum(run.failed for run in runs),
        gates={code: n for code, n in gates.items() if code != "right"},
        rough=sum(rough),
        diverged=sum(diverged),
        customary=sum(a or b for a, b in zip(rough, diverged, strict=True)),
    )
