"""Name a distribution as a student would have written it, from what PyMC made of it."""

from collections.abc import Callable, Sequence

# What the kinds of a student's own distributions begin with.
CUSTOM = "customdist"

# PyMC's own arguments of these are not the ones that are written: a rate becomes a scale.
_WRITTEN: dict[str, tuple[str, Callable[[Sequence[float]], Sequence[float]]]] = {
    "normal": ("Normal", lambda a: a),
    "exponential": ("Exponential", lambda a: [1 / a[0]]),
    "halfnormal": ("HalfNormal", lambda a: a[-1:]),
    "halfcauchy": ("HalfCauchy", lambda a: a[-1:]),
    "halfstudentt": ("HalfStudentT", lambda a: a),
    "cauchy": ("Cauchy", lambda a: a),
    "laplace": ("Laplace", lambda a: a),
    "lognormal": ("LogNormal", lambda a: a),
    "uniform": ("Uniform", lambda a: a),
    "gamma": ("Gamma", lambda a: [a[0], 1 / a[1]]),
    "invgamma": ("InverseGamma", lambda a: a),
    "beta": ("Beta", lambda a: a),
    "studentt": ("StudentT", lambda a: a),
    "t": ("StudentT", lambda a: a),
    "halfflat": ("HalfFlat", lambda a: []),
    "flat": ("Flat", lambda a: []),
}


def written(kind: str, arguments: Sequence[float]) -> str:
    """Return, say, "HalfNormal(13)", or "HalfFlat" for one without arguments."""
    if kind.startswith(CUSTOM):
        return "a distribution of your own"
    name, translate = _WRITTEN.get(kind, (kind, lambda a: []))
    try:
        shown = translate(arguments)
    except (IndexError, ZeroDivisionError):
        shown = []
    return f"{name}({', '.join(f'{a:.4g}' for a in shown)})" if len(shown) else name
