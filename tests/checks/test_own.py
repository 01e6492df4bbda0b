"""Models of one's own, shown on eight schools: any form of the reference passes, nothing else."""

# PyTensor's own types are too loose for the arithmetic of models.
# pyright: reportAttributeAccessIssue=false

import numpy as np
import pymc as pm
import pytest
from scipy.stats import halfcauchy, norm

from pooling import checks

EFFECTS = np.array([28.0, 8.0, -3.0, 7.0, -1.0, 1.0, 18.0, 12.0])
ERRORS = np.array([15.0, 10.0, 16.0, 11.0, 9.0, 11.0, 10.0, 18.0])


def schools(mu=(0, 5), tau=None, theta=None, observe=None):
    """Eight schools with parts exchanged."""

    def build(effects, errors):
        with pm.Model() as model:
            m = pm.Normal("mu", *mu)
            t = tau() if tau else pm.HalfCauchy("tau", 5)
            made = theta(m, t, len(effects)) if theta else None
            th = made if made is not None else pm.Normal("theta", m, t, shape=len(effects))
            (observe or _observe)(th, effects, errors)
        return model

    return build


def _observe(theta, effects, errors):
    pm.Normal("y", theta, errors, observed=effects)


def _offsets(m, t, n):
    return pm.Deterministic("theta", m + t * pm.Normal("z", 0, 1, shape=n))


REFERENCE = schools()
RIGHT = {
    "centered": schools(),
    "non-centered": schools(theta=_offsets),
    "shifted": schools(
        theta=lambda m, t, n: pm.Deterministic("theta", m + pm.Normal("d", 0, t, shape=n))
    ),
    "precision": schools(theta=lambda m, t, n: pm.Normal("theta", m, tau=t**-2, shape=n)),
    "half of a t": schools(tau=lambda: pm.HalfStudentT("tau", nu=1, sigma=5)),
    "potential": schools(
        observe=lambda th, y, s: pm.Potential("y", pm.logp(pm.Normal.dist(th, s), y).sum())
    ),
    "one school at a time": schools(
        observe=lambda th, y, s: [
            pm.Normal(f"y{i}", th[i], s[i], observed=y[i]) for i in range(len(y))
        ]
    ),
}
WRONG = {
    "half-normal": (schools(tau=lambda: pm.HalfNormal("tau", 5)), "own:prior"),
    "wide mu": (schools(mu=(0, 50)), "own:prior"),
    "variance": (
        schools(theta=lambda m, t, n: pm.Normal("theta", m, t**2, shape=n)),
        "own:given",
    ),
    "mu unused": (schools(theta=lambda m, t, n: pm.Normal("theta", 0, t, shape=n)), "own:given"),
    "offsets of sd two": (
        schools(
            theta=lambda m, t, n: pm.Deterministic("theta", m + t * pm.Normal("z", 0, 2, shape=n))
        ),
        "own:other",
    ),
    "errors as variances": (
        schools(observe=lambda th, y, s: pm.Normal("y", th, s**2, observed=y)),
        "own:likelihood",
    ),
    "a school is missing": (
        schools(observe=lambda th, y, s: pm.Normal("y", th[1:], s[1:], observed=y[1:])),
        "own:observed",
    ),
    "twice": (
        schools(
            observe=lambda th, y, s: (
                pm.Normal("y", th, s, observed=y),
                pm.Normal("again", th, s, observed=y),
            )
        ),
        "own:observed",
    ),
    "one school": (schools(theta=lambda m, t, n: pm.Normal("theta", m, t)), "own:shape"),
    "no tau": (
        schools(tau=lambda: 5.0, theta=lambda m, t, n: pm.Normal("theta", m, t, shape=n)),
        "own:missing",
    ),
    "tau fixed": (schools(tau=lambda: pm.Deterministic("tau", pm.math.constant(5.0))), "own:size"),
    "not written": (lambda effects, errors: None, "returns-nothing"),
}


def closed_form(theta):
    return (
        norm.logpdf(theta["mu"], 0, 5)
        + halfcauchy.logpdf(theta["tau"], scale=5)
        + norm.logpdf(theta["theta"], theta["mu"], theta["tau"]).sum()
        + norm.logpdf(EFFECTS, theta["theta"], ERRORS).sum()
    )


CLOSED = checks.ClosedForm({"mu": (), "tau": (), "theta": (8,)}, closed_form)


def judge(builder, reference=REFERENCE, **options):
    answers = {"build_eight_schools": builder}
    return checks.same_model(
        answers, "build_eight_schools", reference, EFFECTS, ERRORS, points=4, **options
    )


@pytest.mark.parametrize("reference", [REFERENCE, CLOSED], ids=["builder", "closed form"])
@pytest.mark.parametrize("name", RIGHT)
def test_every_form_of_the_reference_passes(name, reference):
    assert judge(RIGHT[name], reference) == 4


@pytest.mark.parametrize("name", WRONG)
def test_every_wrong_model_is_told_what_differs(name):
    builder, code = WRONG[name]
    with pytest.raises(checks.NotYet) as caught:
        judge(builder)
    assert caught.value.code == code, caught.value


@pytest.mark.parametrize("name", WRONG)
def test_a_closed_form_tells_them_as_well(name):
    with pytest.raises(checks.NotYet):
        judge(WRONG[name][0], CLOSED)


def test_the_message_has_the_students_numbers():
    with pytest.raises(checks.NotYet, match=r"HalfNormal\(5\); asked for is HalfCauchy\(5\)"):
        judge(WRONG["half-normal"][0])


def test_other_names_can_be_declared():
    def greek(effects, errors):
        with pm.Model() as model:
            m, t = pm.Normal("m", 0, 5), pm.HalfCauchy("t", 5)
            _observe(pm.Normal("th", m, t, shape=len(effects)), effects, errors)
        return model

    answers = {"b": greek, "NAMES": {"mu": "m", "tau": "t", "theta": "th"}}
    assert checks.same_model(answers, "b", REFERENCE, EFFECTS, ERRORS) == 1
    with pytest.raises(checks.NotYet, match="`mu`"):
        checks.same_model({"b": greek}, "b", REFERENCE, EFFECTS, ERRORS)


@pytest.mark.parametrize(
    ("reference", "words"),
    [
        (schools(theta=_offsets), "centered form"),
        (lambda effects, errors: None, "builds no model"),
    ],
)
def test_a_reference_that_cannot_be_used_is_the_authors_error(reference, words):
    with pytest.raises(ValueError, match=words):
        judge(RIGHT["centered"], reference, parameters=("mu", "tau", "theta"))
