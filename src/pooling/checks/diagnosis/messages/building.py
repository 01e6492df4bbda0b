"""What kept an answer from being looked at: it is missing, or its function fails."""

from pooling.checks.diagnosis.messages.pages import (
    COMPLETE_POOLING,
    FAILS,
    NO_POOLING,
    PRIOR,
    STUDY,
)

MESSAGES: dict[str, tuple[str, str]] = {
    "undefined": (
        "I can't find `{name}`. The cell above it has not run, or it stopped with an error.",
        STUDY,
    ),
    "cell-raised": (
        "I can't find `{name}`: the cell that defines it stopped with {detail}",
        STUDY,
    ),
    "cell-raised:samples": (
        "I can't find `{name}`: the cell that defines it stopped with {detail}. The argument is "
        "called draws=, not samples=.",
        STUDY,
    ),
    "cell-raised:log-prior": (
        "I can't find `{name}`: the cell that defines it stopped with {detail}. Power-scaling "
        "needs the log density of the priors in the trace: call "
        "pm.stats.compute_log_prior(trace, model=model) first.",
        STUDY,
    ),
    "not-judged": (
        "This check cannot make anything of your answer ({detail}). That is a fault of the check: "
        "please tell your instructor, and show them this line.",
        STUDY,
    ),
    "other-challenge": (
        "This evidence was gathered for another challenge than the one it is judged by: gather "
        "it anew.",
        STUDY,
    ),
    "not-written": ("This one is still to be written.", STUDY),
    "not-a-function": (
        "`{name}` must be a function that takes {arguments}; it is a {detail}.",
        NO_POOLING,
    ),
    "returns-nothing": ("Your function returns nothing: end it with `return model`.", NO_POOLING),
    "not-a-model": ("Your function must return a pm.Model; it returned a {detail}.", NO_POOLING),
    "raised": ("Building the model raised {detail}", NO_POOLING),
    "not-computed": (
        "The model is built, but computing its log density raised {detail}",
        NO_POOLING,
    ),
    "shape-type": (
        "PyMC takes a Python int for shape, and groups.max() + 1 is a NumPy one: write "
        "int(groups.max()) + 1.",
        NO_POOLING,
    ),
    "broadcast": (
        "The shapes do not fit: {detail} There is one slope a group, but one x a row; pick each "
        "row's slope with slope[groups]. And x, y and the means are flat: a column, as "
        "reshape(-1, 1) makes one, meets a row as a whole table.",
        NO_POOLING,
    ),
    "student-arguments": (
        "StudentT refused its arguments ({detail}). Its order is not Normal's: write "
        "StudentT(name, nu=4, mu=..., sigma=...).",
        FAILS,
    ),
    "scipy-names": (
        "{detail}. loc= and scale= are SciPy's names; PyMC's are mu= and sigma=.",
        NO_POOLING,
    ),
    "not-registered": (
        "Something random in your model is no variable of it: was it made by .dist(...)? Give it a "
        "name instead, as in pm.Normal(name, ...), for the sampler to know it.",
        NO_POOLING,
    ),
    "observed-random": (
        "observed= wants the data, y; it was given something that is made of the model's own "
        "variables. The mean belongs in the distribution, not beside y.",
        NO_POOLING,
    ),
    "index-out-of-range": (
        "A group's number is past the end of your vector of slopes ({detail}). PyMC's default "
        "backend does not check this and would read whatever lies behind it.",
        NO_POOLING,
    ),
    "discrete": ("These variables are whole numbers, and no slope is: {detail}.", NO_POOLING),
    "single-precision": (
        "These variables have only half the digits that a log density needs: {detail}. Take out "
        'dtype="float32" or, where PyTensor itself is set to it, write '
        'pytensor.config.floatX = "float64" at the top, and run all cells again.',
        NO_POOLING,
    ),
    "names-prefixed": (
        "Your model has a name of its own, so `{asked}` is called `{found}` in it. Leave that name "
        "out: pm.Model().",
        NO_POOLING,
    ),
    "names-likelihood": (
        "The joint density is right, and that earns half. But the likelihood is called `{name}`, "
        "and whoever looks for what was observed looks for `obs`. Call it that, or set "
        'NAMES = {{"obs": "{name}"}} in a cell.',
        NO_POOLING,
    ),
    "missing-slope": (
        "I can't find a variable for the slopes. Name it `slope` (what is computed gets a name by "
        'pm.Deterministic("slope", ...)), or set NAMES = {{"slope": "your_name"}} in a cell; your '
        "model has {detail}.",
        NO_POOLING,
    ),
    "missing-noise": (
        "I can't find `noise`, the sd of a row; your model has {detail}.",
        NO_POOLING,
    ),
    "missing-mu_slope": (
        "I can't find `mu_slope`, the mean that the slopes share; your model has {detail}.",
        PRIOR,
    ),
    "missing-sigma_slope": (
        "I can't find `sigma_slope`, the sd of the slopes: it must be a variable with a prior, "
        "not a number, to be learned from the groups. Your model has {detail}.",
        PRIOR,
    ),
    "no-hyperpriors": (
        "Neither mu_slope nor sigma_slope is in your model: with a fixed prior for the slopes it "
        "is the unpooled model. It has {detail}.",
        PRIOR,
    ),
    "hyperpriors-named": (
        "Variables are found by their names, and none is called `mu_slope` or `sigma_slope`. If "
        "{found} are they, give them these names.",
        PRIOR,
    ),
    "one-slope": (
        "Your model has one slope for all groups and no hyperpriors: that is complete pooling.",
        COMPLETE_POOLING,
    ),
    "ignores-arguments": (
        "Your function builds the same model whatever data it is given: use its arguments "
        "instead of the notebook's own variables, and keep no model from one call to the next.",
        NO_POOLING,
    ),
    "groups-typed": (
        "Your model has {found} slopes, as many as the course's data have groups, where there are "
        "{n_groups}. Do not type the number: count it, int(groups.max()) + 1, or take n_groups.",
        NO_POOLING,
    ),
    "mixes-arguments": (
        "Your function mixes the data that it is given with the notebook's own: {found} rows meet "
        "the {asked} of its arguments. Use groups, x and y as they are passed.",
        NO_POOLING,
    ),
}
