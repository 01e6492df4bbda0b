"""What is wrong with a likelihood."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from pooling.checks.density import NU, ROBUST, Density, Rows
from pooling.checks.diagnosis.agreement import HIDDEN, ROUNDING, constant
from pooling.checks.diagnosis.arguments import (
    SAME,
    arguments_of,
    constant_of,
    equal,
    same_in_groups,
    shift_of,
    told_both,
)
from pooling.checks.diagnosis.distributions import written
from pooling.checks.diagnosis.finding import Finding
from pooling.checks.records import ModelEvidence

Array = NDArray[np.float64]


# Of the rows: who leaves out so many did not mean outliers.
_MANY = 0.1


def observed_rows(evidence: ModelEvidence, rows: Rows) -> Finding | None:
    observed = np.concatenate([v.ravel() for v in evidence.observed.values()])
    if observed.size == rows.x.size and np.array_equal(observed, rows.x):
        return Finding("observes-x")
    if observed.size == rows.x.size and np.array_equal(observed, rows.groups):
        return Finding("observes-groups")
    changed = _absent(rows.y, observed)
    if changed == 0:
        if any(v.size == rows.y.size**2 for v in evidence.observed.values()):
            return Finding("obs:square", {"n": rows.y.size})
        if any(v.size == rows.y.size * rows.n_groups for v in evidence.observed.values()):
            return Finding("obs:every-group", {"n_groups": rows.n_groups})
        if observed.size > rows.y.size:
            return Finding("obs:data-twice")
        return None
    for group in np.unique(rows.groups):
        others = rows.y[rows.groups != group]
        if observed.size == others.size and _absent(others, observed) == 0:
            if group == rows.smallest:
                return Finding("obs:smallest-dropped", {"smallest": rows.smallest})
            return Finding("obs:group-dropped", {"group": int(group)})
    if changed > _MANY * rows.y.size and np.isin(observed, rows.y).all():
        return Finding("obs:subset", {"changed": changed, "n": rows.y.size})
    if changed < rows.y.size / 2:
        return Finding("observed-changed", {"changed": changed, "n": rows.y.size})
    return Finding("obs:y-changed")


def how_changed(evidence: ModelEvidence, rows: Rows) -> str:
    """What was done to y, as far as can be told."""
    for observed in evidence.observed.values():
        if observed.shape != rows.y.shape or not np.ptp(observed) or not np.ptp(rows.y):
            continue
        times = np.ptp(observed) / np.ptp(rows.y)
        moved = observed.mean() - times * rows.y.mean()
        if np.allclose(observed, times * rows.y + moved):
            factor = "" if np.isclose(times, 1.0) else f"{times:.3g} * "
            added = "" if abs(moved) < SAME else f" {'+' if moved > 0 else '-'} {abs(moved):.3g}"
            return f"they are {factor}y{added}."
    return "were they centered, scaled, rounded, logged or averaged, or are they other data?"


def _absent(asked: Array, found: Array) -> int:
    """How many of the values asked are not among those found."""
    left = list(np.sort(found))
    missing = 0
    for value in np.sort(asked):
        place = int(np.searchsorted(left, value))
        if place < len(left) and left[place] == value:
            left.pop(place)
        else:
            missing += 1
    return missing


def times(unlike: Array, likelihood: Array, priors: Array) -> Finding | None:
    """A likelihood that enters more or less than once: ``unlike`` is what that adds."""
    centered = likelihood - likelihood.mean()
    more = float(centered @ (unlike - unlike.mean()) / (centered @ centered))
    rest = unlike - more * likelihood
    if constant(rest, priors + HIDDEN * np.abs(likelihood), ROUNDING):
        return Finding("obs:times", {"times": f"{1 + more:.3g}"})
    return None


def by_mean(evidence: ModelEvidence, density: Density, rows: Rows) -> Finding:
    """The surest thing to be said of an unknown likelihood."""
    for name in evidence.observed:
        kind = evidence.kinds[name]
        asked = "StudentT" if "nu" in density.terms or density is ROBUST else "Normal"
        if kind not in (asked.lower(), "t" if asked == "StudentT" else "normal"):
            if kind in ("studentt", "t"):
                return Finding("obs:student-t")
            return Finding("obs:kind", {"found": written(kind, []), "asked": asked})
    if "nu" in density.terms and (found := _other_nu(evidence)) is not None:
        return found
    if density is ROBUST:
        for name in evidence.observed:
            nu, *others = arguments_of(evidence, name)
            if others and (found := _degrees(nu, others[0], evidence, rows)) is not None:
                return found
    shift = shift_of(evidence, rows)
    if shift is None:
        return Finding("other-likelihood")
    if np.abs(shift).max() <= SAME:
        return _other_noise(evidence, rows)
    if (group := _one_for_all(evidence, shift, rows)) is not None:
        return Finding("obs:one-slope", {"group": group})
    if _other_groups(evidence, shift, rows):
        return Finding("obs:groups")
    if (x := _own_x(evidence, shift, rows)) is not None:
        return _in_place_of_x(x, rows)
    if same_in_groups(shift, rows):
        if equal(shift, evidence.theta["noise"].reshape(-1)):
            return Finding("obs:noise-in-mean")
        return Finding("intercept", {"extra": f"{shift[0, 0]:.3g}"})
    slopes = evidence.theta["slope"].reshape(len(shift), -1)[:, rows.groups]
    means = slopes * rows.x
    if np.allclose(means + shift, slopes + rows.x, rtol=SAME):
        return Finding("obs:plus")
    if np.allclose(means + shift, np.abs(slopes) * rows.x, rtol=SAME):
        return Finding("obs:slope-absolute")
    if np.allclose(np.sort(means + shift, axis=1), np.sort(means, axis=1), rtol=SAME):
        return Finding("obs:rows-apart")
    row = int(np.abs(shift[0]).argmax())
    mean = means[0, row]
    values = {"row": row, "found": f"{mean + shift[0, row]:.3g}", "asked": f"{mean:.3g}"}
    return Finding("obs:mean", values)


def _own_x(evidence: ModelEvidence, shift: Array, rows: Rows) -> Array | None:
    """What the rows have in place of x, if their means are slope[groups] times something."""
    slopes = evidence.theta["slope"].reshape(len(shift), -1)[:, rows.groups]
    with np.errstate(all="ignore"):
        found = rows.x + shift / slopes
        apart = np.abs(found - found[0]).max(axis=0)
    return found[0] if (apart <= SAME * (1.0 + np.abs(found[0]))).all() else None


def _in_place_of_x(found: Array, rows: Rows) -> Finding:
    """What was done to x."""
    x, y, nonzero = rows.x, rows.y, rows.x != 0.0

    def is_(values: Any) -> bool:
        return bool(np.allclose(found, values, rtol=1e-5, atol=SAME))

    if is_(np.ones_like(x)):
        return Finding("obs:x-forgotten")
    ratios = found[nonzero] / x[nonzero]
    if ratios.size and np.ptp(ratios) <= SAME * np.abs(ratios).max():
        return Finding("obs:mean-times", {"times": f"{ratios[0]:.3g}"})
    with np.errstate(all="ignore"):
        functions = {
            "x squared": x**2,
            "1 / x": 1 / x,
            "the logarithm of x": np.log(x),
            "the logarithm of 1 + x": np.log1p(x),
            "the root of x": np.sqrt(x),
            "the absolute value of x": np.abs(x),
            "y": y,
            "x * y": x * y,
            "the group's number": rows.groups.astype(float),
        }
    for what, values in functions.items():
        if is_(values):
            return Finding("obs:x-other", {"what": what})
    if is_(np.polyval(np.polyfit(x, found, 1), x)):
        return Finding("obs:x-changed")
    if np.allclose(np.sort(found), np.sort(x)):
        return Finding("obs:rows-apart")
    lines = np.array(x)
    for group in np.unique(rows.groups):
        mine = rows.groups == group
        if mine.sum() > 2:
            lines[mine] = np.polyval(np.polyfit(x[mine], found[mine], 1), x[mine])
        else:
            lines[mine] = found[mine]
    what = "x as centered or scaled group by group" if is_(lines) else "something that is not x"
    if 2 * (changed := int((np.abs(found - x) > SAME).sum())) < x.size:
        what = f"x as it was changed in {changed} of {x.size} rows"
    return Finding("obs:x-other", {"what": what})


def _one_for_all(evidence: ModelEvidence, shift: Array, rows: Rows) -> int | None:
    """The group whose slope all rows use."""
    slope = evidence.theta["slope"].reshape(len(shift), -1)
    used = slope[:, rows.groups] * rows.x + shift
    apart = [np.abs(used - slope[:, [g]] * rows.x).max() for g in range(rows.n_groups)]
    return int(np.argmin(apart)) if min(apart) < SAME else None


def _other_groups(evidence: ModelEvidence, shift: Array, rows: Rows) -> bool:
    """Is each row's mean its x times some slope, the same group's at all points?

    Rows are known by what is observed of them, for they may stand in another order.
    """
    slope = evidence.theta["slope"].reshape(len(shift), -1)
    used = slope[:, rows.groups] * rows.x + shift
    seen = (v for v in evidence.observed.values() if v.shape == rows.y.shape)
    observed = next(seen, rows.y)
    own = np.zeros(rows.y.size, dtype=bool)
    for x, y in zip(rows.x, rows.y, strict=True):
        there = np.flatnonzero(observed == y)
        apart = np.abs(used[:, there, None] - slope[:, None, :] * x)
        own[there] |= apart.max(axis=0).min(axis=1) < SAME
    # A vector that was padded, for counting from one, has a zero for the first group.
    none = np.abs(used).max(axis=0) < SAME
    return bool((own | none).all() and own[~none].size > rows.y.size / 2)


def _other_noise(evidence: ModelEvidence, rows: Rows) -> Finding:
    """An example of a row's sd that is not `noise`."""
    noise = evidence.theta["noise"].reshape(-1, 1)
    for name in evidence.observed:
        sd = arguments_of(evidence, name)[-1]
        if sd.shape[1:] not in ((), (1,), (rows.y.size,)):
            continue
        sd, noise = np.broadcast_arrays(sd.reshape(len(sd), -1), noise)
        with np.errstate(all="ignore"):
            apart = np.nan_to_num(np.abs(np.log(sd / noise)))
        point, row = np.unravel_index(apart.argmax(), sd.shape)
        if (fixed := constant_of(sd)) is not None:
            return Finding("obs:noise-unused", {"sd": f"{fixed:.3g}", "hint": "It belongs there."})
        if sd.shape[1] == rows.x.size and np.allclose(sd, noise * np.abs(rows.x), rtol=SAME):
            return Finding("obs:noise-by-x")
        if apart[point, row] > SAME:
            if "sigma_slope" in evidence.theta and equal(
                sd, evidence.theta["sigma_slope"].reshape(-1)
            ):
                return Finding("obs:sigma-for-noise")
            values = told_both("noise", noise[point, row], "sd", sd[point, row])
            return Finding("obs:noise-changed", {**values, "row": int(row)})
    for observed in evidence.observed.values():
        if observed.shape == rows.y.shape and np.array_equal(np.sort(observed), np.sort(rows.y)):
            return Finding("obs:rows-apart")
    return Finding("other-likelihood")


def _degrees(nu: Array, mean: Array, evidence: ModelEvidence, rows: Rows) -> Finding | None:
    """Degrees of freedom that are another number, several, or something of each row's."""
    number = constant_of(nu)
    if number is not None:
        return None if np.isclose(number, NU) else Finding("obs:nu", {"nu": f"{number:g}"})
    if np.ptp(nu, axis=0).max() == 0.0:
        return Finding("obs:nu", {"nu": f"{nu.min():g} for some rows and {nu.max():g} for others"})
    if nu.shape[1:] == rows.y.shape:
        taken = "noise" if equal(mean, evidence.theta["noise"].reshape(-1)) else "something else"
        return Finding("obs:student-order", {"taken": taken})
    return None


def _other_nu(evidence: ModelEvidence) -> Finding | None:
    """Degrees of freedom that are not the one extra variable but made of it."""
    [(name, learned)] = evidence.extras.items()
    for observed in evidence.observed:
        given = arguments_of(evidence, observed)
        if len(given) == 3 and not equal(given[0], learned.reshape(len(learned), -1)):
            return Finding("nu-prior", {"found": f"that of a function of `{name}`"})
    return None
