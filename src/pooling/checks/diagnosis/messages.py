"""What each diagnosis says to the student, and which page of the book it points to.

A code is stable: gradebooks and tests refer to it. A message is one or two plain sentences: what
was found, what was asked. Braces are filled with the student's own numbers.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Diagnosis:
    """A message and the page of the book to read, by its title."""

    message: str
    page: str


_NO, _PRIOR, _PARTIAL, _WHY, _GEOMETRY, _TRUST, _FAILS = (
    "No pooling",
    "What the prior says",
    "Partial pooling",
    "Why it shrinks",
    "Geometry",
    "Trusting the sampler",
    "When it fails",
)

_RATE = (
    "PyMC's Exponential takes a rate: Exponential({rate:g}) has mean 1/{rate:g}. The prior of "
    "`{name}` in your model has mean {rate:g}."
)
_IGNORED = (
    "The prior of `{name}` in your model has {default}; asked for is {asked}. If you did write "
    "{asked}, check the spelling of the arguments: PyMC ignores a keyword it does not know, "
    "without a word, and takes its default."
)

_TABLE: dict[str, tuple[str, str]] = {
    # --- building ---
    "undefined": (
        "I can't find `{name}`. The cell above it has not run, or it stopped with an error.",
        "How to study",
    ),
    "cell-raised": (
        "I can't find `{name}`: the cell that defines it stopped with {detail}",
        "How to study",
    ),
    "cell-raised:samples": (
        "I can't find `{name}`: the cell that defines it stopped with {detail}. The argument is "
        "called draws=, not samples=.",
        "How to study",
    ),
    "cell-raised:log-prior": (
        "I can't find `{name}`: the cell that defines it stopped with {detail}. Power-scaling "
        "needs the log density of the priors in the trace: call "
        "pm.stats.compute_log_prior(trace, model=model) first.",
        "How to study",
    ),
    "not-judged": (
        "This check cannot make anything of your answer ({detail}). That is a fault of the check: "
        "please tell your instructor, and show them this line.",
        "How to study",
    ),
    "other-challenge": (
        "This evidence was gathered for another challenge than the one it is judged by: gather "
        "it anew.",
        "How to study",
    ),
    "not-written": ("This one is still to be written.", "How to study"),
    "not-a-function": (
        "`{name}` must be a function that takes {arguments}; it is a {detail}.",
        _NO,
    ),
    "returns-nothing": ("Your function returns nothing: end it with `return model`.", _NO),
    "not-a-model": ("Your function must return a pm.Model; it returned a {detail}.", _NO),
    "raised": ("Building the model raised {detail}", _NO),
    "shape-type": (
        "PyMC takes a Python int for shape, and groups.max() + 1 is a NumPy one: write "
        "int(groups.max()) + 1.",
        _NO,
    ),
    "broadcast": (
        "The shapes do not fit: {detail} There is one slope a group, but one x a row; pick each "
        "row's slope with slope[groups]. And x, y and the means are flat: a column, as "
        "reshape(-1, 1) makes one, meets a row as a whole table.",
        _NO,
    ),
    "student-arguments": (
        "StudentT refused its arguments ({detail}). Its order is not Normal's: write "
        "StudentT(name, nu=4, mu=..., sigma=...).",
        _PARTIAL,
    ),
    "not-registered": (
        "Something random in your model is no variable of it: was it made by .dist(...)? Give it a "
        "name instead, as in pm.Normal(name, ...), for the sampler to know it.",
        _NO,
    ),
    "observed-random": (
        "observed= wants the data, y; it was given something that is made of the model's own "
        "variables. The mean belongs in the distribution, not beside y.",
        _NO,
    ),
    "index-out-of-range": (
        "A group's number is past the end of your vector of slopes ({detail}). PyMC's default "
        "backend does not check this and would read whatever lies behind it.",
        _NO,
    ),
    "discrete": ("These variables are whole numbers, and no slope is: {detail}.", _NO),
    "single-precision": (
        "These variables have only half the digits that a log density needs: {detail}. Take out "
        'dtype="float32" or, where PyTensor itself is set to it, write '
        'pytensor.config.floatX = "float64" at the top, and run all cells again.',
        _NO,
    ),
    "names-prefixed": (
        "Your model has a name of its own, so `{asked}` is called `{found}` in it. Leave that name "
        "out: pm.Model().",
        _NO,
    ),
    "names-likelihood": (
        "The joint density is right, and that earns half. But the likelihood is called `{name}`, "
        "and whoever looks for what was observed looks for `obs`. Call it that, or set "
        'NAMES = {{"obs": "{name}"}} in a cell.',
        _NO,
    ),
    "missing-slope": (
        "I can't find a variable for the slopes. Name it `slope`, or set "
        'NAMES = {{"slope": "your_name"}} in a cell; your model has {detail}.',
        _NO,
    ),
    "missing-noise": ("I can't find `noise`, the sd of a row; your model has {detail}.", _NO),
    "missing-mu_slope": (
        "I can't find `mu_slope`, the mean that the slopes share; your model has {detail}.",
        _PRIOR,
    ),
    "missing-sigma_slope": (
        "I can't find `sigma_slope`, the sd of the slopes: it must be a variable with a prior, "
        "not a number, to be learned from the groups. Your model has {detail}.",
        _PRIOR,
    ),
    "no-hyperpriors": (
        "Neither mu_slope nor sigma_slope is in your model: with a fixed prior for the slopes it "
        "is the unpooled model. It has {detail}.",
        _PRIOR,
    ),
    "hyperpriors-named": (
        "Variables are found by their names, and none is called `mu_slope` or `sigma_slope`. If "
        "{found} are they, give them these names.",
        _PRIOR,
    ),
    "one-slope": (
        "Your model has one slope for all groups and no hyperpriors: that is complete pooling.",
        "Complete pooling",
    ),
    "ignores-arguments": (
        "Your function builds the same model whatever data it is given: use its arguments "
        "instead of the notebook's own variables, and keep no model from one call to the next.",
        _NO,
    ),
    "groups-typed": (
        "Your model has {found} slopes, as many as the notebook's data have groups, for data of "
        "{n_groups} groups. Do not type their number: count it, int(groups.max()) + 1.",
        _NO,
    ),
    "mixes-arguments": (
        "Your function mixes the data that it is given with the notebook's own: {found} rows meet "
        "the {asked} of its arguments. Use groups, x and y as they are passed.",
        _NO,
    ),
    # --- shapes and dimensions ---
    "slope-scalar": (
        "Your model has one slope for all groups, which is complete pooling; this exercise wants "
        "{n_groups}, one for each group.",
        "Complete pooling",
    ),
    "groups-counted": (
        "Where every group has rows, the model is right, and that earns half. But on rows of the "
        "groups {first} to {last} alone it has {found} slopes for the groups 0 to {last}. Their "
        "number is int(groups.max()) + 1, not that of the groups that occur: one without rows has "
        "a slope as well.",
        _NO,
    ),
    "groups-shifted": (
        "Where every group has rows, the model is right, and that earns half. But on rows of the "
        "groups {first} to {last} alone these look up slopes that are not theirs. Use `groups` as "
        "they are: subtract nothing, and do not number them anew.",
        _NO,
    ),
    "slope-length": (
        "Your model has {found} slopes for {n_groups} groups: every group gets one, however few "
        "its rows.",
        _NO,
    ),
    "slope-each-row": (
        "`slope` has {found} values, one for each row; asked is one for each group. A row of the "
        "data picks its group's: slope[groups], without a name of its own.",
        _NO,
    ),
    "noise-per-group": (
        "Your model has {found} noises; here all the groups share one.",
        _NO,
    ),
    "hyper-not-scalar": ("`{name}` must be a single number; yours has {found} values.", _PRIOR),
    "obs-not-observed": (
        "`{name}` is not observed: pass observed=y, or the model never sees the data.",
        _NO,
    ),
    "one-too-many": (
        "Your model has more parameters than asked: {extra}.",
        _NO,
    ),
    "slope:learned": (
        "In your model the slopes' prior is learned from the data ({extra}): that is partial "
        "pooling, and comes later. Here it is fixed, Normal(0, 20).",
        _NO,
    ),
    "prior-has-data": (
        "Your model has data in it (`{name}`). This exercise asks for the prior alone, before any "
        "data.",
        _PRIOR,
    ),
    "intercept": (
        "One parameter too many: an intercept ({extra}). The line y = slope * x goes through zero.",
        _NO,
    ),
    "zero-sum": (
        "Offsets that sum to zero are an interesting model, but a different one: mu_slope becomes "
        "the mean of these groups, not of the population that they come from. Use independent "
        "offsets.",
        _PARTIAL,
    ),
    "sigma-fixed": (
        "sigma_slope is the constant {value}: a constant decides the shrinkage for you. Give it "
        "its prior, and let the groups decide.",
        _PRIOR,
    ),
    "constant": (
        "`{name}` is the constant {value}; it must be a variable with a prior, to be learned.",
        _PRIOR,
    ),
    "plugged-in": (
        "The slopes' mean and sd are plugged in as {mean} and {sd}. Estimates in place of "
        "hyperpriors hide how uncertain they are; give mu_slope and sigma_slope their priors.",
        _PRIOR,
    ),
    "hyper-from-slopes": (
        "mu_slope and sigma_slope are computed from the slopes in your model. It is the other way "
        "round: they have priors of their own, and the slopes are drawn with them.",
        _PRIOR,
    ),
    "offsets-fixed": (
        "The offsets are numbers, drawn once when the model was built: each must be a random "
        "variable, pm.Normal, for its group's slope to be learned.",
        _PARTIAL,
    ),
    "obs:other-slopes": (
        "The likelihood does not use `slope`: it takes `{name}` in its place.",
        _PARTIAL,
    ),
    "offset-shared": (
        "All the slopes are made from one single offset, so they cannot differ: it needs one for "
        "each group.",
        _PARTIAL,
    ),
    "slopes-identical": (
        "All the slopes are copies of one number: that is complete pooling.",
        "Complete pooling",
    ),
    "slope:reference": (
        "The slope of group {group} is mu_slope itself: with a group for reference, mu_slope is no "
        "longer the mean of a population. Every group has an offset of its own.",
        _PARTIAL,
    ),
    "too-few": (
        "Your model has {found} free numbers where {expected} are asked. Something that must be "
        "learned is held constant, or the slopes are tied to each other.",
        _PARTIAL,
    ),
    "not-finite": ("The log density of your model is not finite, not even near its start.", _NO),
    # --- priors ---
    "slope:sd-is-variance": ("sigma is a standard deviation: 20, not sqrt(20).", _NO),
    "slope:sd-is-precision": (
        "You passed 20 as a precision (tau = 1 / sd squared); it is the standard deviation of "
        "the slopes. The second argument of Normal is sigma.",
        _NO,
    ),
    "slope:sd-squared": ("You passed 400, the variance; sigma is a standard deviation: 20.", _NO),
    "slope:keyword-ignored": (
        _IGNORED.replace("{default}", "an sd of 1").replace("{asked}", "20"),
        _NO,
    ),
    "slope:centered-on-two": (
        "The prior of the slopes is centered on {mean}; it is asked to be Normal(0, 20). What the "
        "slopes are is for the data to say.",
        _NO,
    ),
    "slope:mean-and-sd-swapped": ("The mean and the sd of the slopes' prior changed places.", _NO),
    "slope:sd": ("The prior of the slopes is asked to be Normal(0, 20); yours has sd {sd}.", _NO),
    "slope:kind": ("The slopes' prior is {found}; it is asked to be {asked}.", _PRIOR),
    "slope:contrasts": (
        "The slope of one group (`{base}`) is part of all the others, which add differences "
        "(`{others}`) to it. Asked is a slope for each group, {asked}, none of them a reference.",
        _NO,
    ),
    "support": (
        "In your model {name} never goes {side} {edge}. A prior that is asked for here leaves it "
        "free; is there a half-normal, a truncation, a clip, a bounded transform or an absolute "
        "value?",
        _PRIOR,
    ),
    "support-order": (
        "In your model the slopes are always in order, of whichever machine they are: is there a "
        "sort, or a transform that orders them?",
        _PRIOR,
    ),
    "farther-out": (
        "Where parameters have common values, your model's joint density is the one asked; farther "
        "out it is not. Is there a maximum, a minimum, a clip or a small number added somewhere?",
        _PRIOR,
    ),
    "slope:mean": ("The slopes are centered on something else than mu_slope.", _PRIOR),
    "slope:standardized": (
        "The slopes of a draw have mean mu_slope and sd sigma_slope exactly: were the offsets "
        "standardized? Each must be an independent draw of a standard normal.",
        _PRIOR,
    ),
    "slope:depends": (
        "The slopes' prior is asked to be {asked}; in your model they are made with {found} as "
        "well.",
        _PRIOR,
    ),
    "slope:scale": (
        "The slopes are not distributed as {asked}, each by itself.",
        _PRIOR,
    ),
    "slope:correlated": (
        "The slopes of two groups are correlated in your model. They have mu_slope and sigma_slope "
        "in common, or a fixed prior, and nothing else: off its diagonal, a covariance matrix of "
        "theirs is zero.",
        _PRIOR,
    ),
    "slope:group-apart": (
        "The slope of group {group} is not drawn as the others are. All groups come from one "
        "population, {asked}, odd ones as well: how far each is pulled is for the data to say.",
        _PRIOR,
    ),
    "slope:is-offset": (
        "What you call `slope` is the offset: the likelihood goes with mu_slope + sigma_slope * "
        "slope. That is the slope; give it the name.",
        _PARTIAL,
    ),
    "slope:unscaled": (
        "`sigma_slope` must be the sd of the slopes themselves. In your model it is Exponential(1) "
        "and shrinks to a thirteenth only on its way to them: divide first, and give the result "
        "the name.",
        _PRIOR,
    ),
    "slope:sigma-floor": (
        "The slopes spread by sigma_slope + {more}, and never by less than {more}: groups that are "
        "alike could not be drawn together. Leave the prior to keep sigma_slope above zero.",
        _PRIOR,
    ),
    "slope:sigma-squared": (
        "The slopes spread by sigma_slope squared, as if Normal wanted a variance: it wants the "
        "standard deviation, which is sigma_slope.",
        _PRIOR,
    ),
    "slope:sigma-root": ("You passed the square root of sigma_slope as the sd.", _PRIOR),
    "slope:sigma-precision": (
        "You passed sigma_slope as a precision (tau); it is the standard deviation.",
        _PRIOR,
    ),
    "slope:sigma-inverse": ("You passed 1 / sigma_slope as the sd of the slopes.", _PRIOR),
    "slope:hyperpriors-unused": (
        "Neither mu_slope nor sigma_slope reaches the slopes: these still have a fixed prior, so "
        "nothing is learned from the other groups. Put mu_slope and sigma_slope in the place of "
        "its numbers.",
        _PRIOR,
    ),
    "slope:mu-unused": (
        "mu_slope does not reach the slopes' prior: they are centered on a constant.",
        _PRIOR,
    ),
    "slope:sigma-unused": (
        "sigma_slope does not reach the slopes' prior: their sd is {sd}, and a constant decides "
        "the shrinkage for you.",
        _PRIOR,
    ),
    "slope:offset-sd": (
        "The offsets must be standard normal; yours have sd {sd}, so that the slopes spread {sd} "
        "times as far as sigma_slope says.",
        _PARTIAL,
    ),
    "slope:other-sd": (
        "The sd of the slopes' prior is not sigma_slope: where sigma_slope is {sigma}, it is {sd}.",
        _PRIOR,
    ),
    "slope:mu-twice": ("mu_slope is added twice: the slopes lie around 2 * mu_slope.", _PARTIAL),
    "slope:stretched-twice": (
        "The offsets are drawn around mu_slope with sigma_slope, and then moved and stretched by "
        "them once more. Draw them standard normal.",
        _PARTIAL,
    ),
    "slope:mu-scaled": (
        "mu_slope is multiplied by sigma_slope, as the offsets are. A slope is "
        "mu_slope + sigma_slope * offset.",
        _PARTIAL,
    ),
    "slope:walk": (
        "Each slope is drawn around the one before it: a random walk, in which the order of the "
        "groups' numbers would mean something. Draw each around mu_slope.",
        _PARTIAL,
    ),
    "slope:offset-mean": (
        "The offsets must have mean zero; yours are centered on {mean}.",
        _PARTIAL,
    ),
    "slope:offset-kind": (
        "The offsets are {found}; they must be standard normal, Normal(0, 1), for the slopes to be "
        "Normal(mu_slope, sigma_slope).",
        _PARTIAL,
    ),
    "slope:hyperpriors-swapped": ("mu_slope and sigma_slope have changed places.", _PRIOR),
    "hyperpriors-exchanged": (
        "mu_slope and sigma_slope have each other's prior: asked are mu_slope ~ Normal(0, 1) and "
        "sigma_slope ~ Exponential(13). A standard deviation cannot be negative.",
        _PRIOR,
    ),
    "mu_slope:mean-2": (
        "You wrote the answer into the prior: mu_slope ~ {found}. It is asked to be Normal(0, 1): "
        "let the data say two.",
        _PRIOR,
    ),
    "mu_slope:sd": ("mu_slope is asked to be Normal(0, 1); your model has {found}.", _PRIOR),
    "scale:rate-is-scale": (_RATE, _PRIOR),
    "scale:keyword-ignored": (
        _IGNORED.replace("{default}", "a rate of 1").replace("{asked}", "{rate:g}"),
        _PRIOR,
    ),
    "scale:prior-of": (
        "The Exponential({rate:g}) in your model is the prior of {found}; asked for is that of "
        "`{name}` itself.",
        _PRIOR,
    ),
    "prior-derived": (
        "`{name}` is made of {made} in your model, and its prior comes out as another than "
        "{asked}: a function of a variable does not have the variable's distribution.",
        _PRIOR,
    ),
    "scale:half-normal": (
        "The prior of `{name}` is {found}; asked for is Exponential({rate:g}).",
        _PRIOR,
    ),
    "scale:half-cauchy": (
        "The prior of `{name}` is {found}; asked for is Exponential({rate:g}).",
        _PRIOR,
    ),
    "scale:flat": ("`{name}` has a flat prior; asked for is Exponential({rate:g}).", _PRIOR),
    "scale:no-jacobian": (
        "`{name}` is made of its logarithm, and the prior was written for `{name}` itself. Moving "
        "from one to the other stretches the axis: add log({name}), the logarithm of the "
        "derivative, or let PyMC transform.",
        _GEOMETRY,
    ),
    "scale:rate": (
        "The prior of `{name}` is {found}; asked for is Exponential({rate:g}).",
        _PRIOR,
    ),
    "nu-prior": (
        "If nu is learned, its prior is asked to be Gamma(2, 0.1); yours is {found}. The prior "
        "decides how much weight lies on nu below 1, where a Student-t has not even a mean.",
        _PARTIAL,
    ),
    "prior-kind": (
        "The prior of `{name}` is {found}; asked for is {asked}.",
        _PRIOR,
    ),
    # --- likelihood ---
    "obs:groups": (
        "The rows look up the slopes of other groups than their own: check how `groups` was "
        "changed before slope[groups].",
        _NO,
    ),
    "obs:rows-apart": (
        "The rows of x and y no longer belong together: one of them was sorted or shifted.",
        _NO,
    ),
    "obs:x-indexed": (
        "x is looked up by the groups' numbers, x[groups]. It has one value a row already: only "
        "the slopes are picked by group.",
        _NO,
    ),
    "obs:x-changed": (
        "x was centered or scaled. That moves the origin, and y = slope * x has no intercept to "
        "make up for it.",
        _NO,
    ),
    "obs:y-changed": (
        "The observed values are not y itself: were they centered, scaled, rounded, logged or "
        "averaged, or are they other data? The model is asked to explain y as it was measured.",
        _NO,
    ),
    "obs:xy-swapped": ("x and y changed places: you explain x by y.", _NO),
    "obs:smallest-dropped": (
        "Group {smallest}, the smallest, is missing. The point is to see what the model does with "
        "it.",
        _NO,
    ),
    "obs:noise-squared": (
        "You passed noise squared, a variance; the likelihood wants `noise` itself.",
        _NO,
    ),
    "obs:noise-precision": ("You passed noise as a precision (tau); it is the sd of a row.", _NO),
    "obs:noise-root": ("You passed the square root of noise as the sd of a row.", _NO),
    "obs:noise-inverse": ("You passed 1 / noise as the sd of a row.", _NO),
    "obs:noise-changed": (
        "The sd of a row is not `noise`: where noise is {noise}, row {row} has {sd} in your model.",
        _NO,
    ),
    "obs:times": (
        "The likelihood enters {times} times: each row counts that often. It must count once.",
        _NO,
    ),
    "potential": (
        "The potential `{name}` is one term too many: without it, your model is the one asked.",
        _NO,
    ),
    "obs:noise-unused": ("`noise` is never used: the sd of a row is 1 in your model.", _NO),
    "obs:data-twice": ("y enters twice, so the posterior is too narrow.", _NO),
    "obs:every-group": (
        "Each row is compared with the lines of all the {n_groups} groups, so that y enters as "
        "often. Pick its own group's slope: slope[groups] * x.",
        _NO,
    ),
    "obs:subset": (
        "{changed} of {n} rows of y are not in your model. Were they kept for a test, or is this "
        "a minibatch? It is to learn from all rows.",
        _NO,
    ),
    "obs:rescaled": (
        "The slopes and the noise have the right posterior, and that earns half. But what is "
        "observed is not y: were both sides of the equation divided by something, or moved? "
        "Whoever predicts from your model gets that back; let it observe y as it was measured.",
        _NO,
    ),
    "obs:square": (
        "Your likelihood is a square of {n} by {n} numbers: a column met a row, so that each y is "
        "compared with every row's mean. Keep slope, x and y one-dimensional.",
        _NO,
    ),
    "obs:noise-in-mean": (
        "`noise` is added to the mean of a row. It is the sd with which rows scatter around "
        "slope * x, and belongs in sigma.",
        _NO,
    ),
    "obs:plus": ("The mean of a row is slope + x in your model: multiply.", _NO),
    "obs:mean-times": (
        "The mean of a row is {times} times slope[groups] * x in your model: does the likelihood "
        "use something that `slope` is made of?",
        _NO,
    ),
    "obs:no-data": ("The model never sees y: it has no likelihood.", _NO),
    "obs:student-t": (
        "Your likelihood is Student-t, which belongs to a later chapter; here it is Normal.",
        _NO,
    ),
    "obs:mean-for-all": (
        "The likelihood uses mu_slope for every group; each row wants its own group's slope.",
        _PARTIAL,
    ),
    "obs:offset-for-slope": (
        "The likelihood takes the offsets for the slopes: a slope is "
        "mu_slope + sigma_slope * offset.",
        _PARTIAL,
    ),
    "obs:mu-twice": (
        "mu_slope is added to the slopes once more in the likelihood: they have it already.",
        _PARTIAL,
    ),
    "obs:mu-missing": (
        "The likelihood takes each slope's distance from mu_slope for the slope.",
        _PARTIAL,
    ),
    "obs:offset-not-scaled": (
        "The likelihood uses mu_slope + offset; `slope`, with sigma_slope, is reported but never "
        "used.",
        _PARTIAL,
    ),
    "obs:kind": ("Your likelihood is {found}; asked for is {asked}.", _NO),
    "obs:normal-kept": (
        "The likelihood is still Normal: a robust model expects an outlier now and then, so use "
        "StudentT with nu=4.",
        _PARTIAL,
    ),
    "obs:nu": ("The likelihood has nu = {nu}; asked for is nu = 4.", _PARTIAL),
    "obs:student-order": (
        "nu differs from row to row as a line does, and {taken} went in as mu: StudentT's order is "
        "not Normal's. Write StudentT(name, nu=4, mu=..., sigma=...).",
        _PARTIAL,
    ),
    "obs:scale-is-sd": (
        "noise is taken for the sd of a row. For StudentT, sigma is a scale, and the sd is "
        "sigma * sqrt(nu / (nu - 2)); pass noise as sigma.",
        _PARTIAL,
    ),
    "obs:mean": (
        "Row {row} is expected at {found} in your model, where slope[groups] * x gives {asked}.",
        _NO,
    ),
    "other-likelihood": (
        "The priors are right; the likelihood is not the one asked, with mean slope[groups] * x "
        "and scale noise for each row of y.",
        _NO,
    ),
    "observed-changed": (
        "The observed values were changed: {changed} of {n} rows of y are not in your model. "
        "Outliers stay in; the model has to live with them.",
        _NO,
    ),
    "observes-x": ("`obs` observes x; it should observe y.", _NO),
    "density-part": (
        "Written out, the log density asked for holds {asked}; yours holds {found}.",
        _PARTIAL,
    ),
    "other-model": (
        "Your model is not the one asked: its joint log density differs from it by amounts that "
        "change from point to point ({terms}). Compare it line by line with the task.",
        _PARTIAL,
    ),
    # --- traces ---
    "not-a-trace": (
        "`{name}` must be what pm.sample returned; it is a {detail}. A single point, or an array "
        "of numbers, is not a posterior.",
        _NO,
    ),
    "trace-missing-slope": ("This trace has no `slope`; it has {detail}.", _NO),
    "trace-missing-noise": ("This trace has no `noise`; it has {detail}.", _NO),
    "trace-missing-mu_slope": (
        "This trace has no mu_slope: it comes from the unpooled model.",
        _PARTIAL,
    ),
    "trace-missing-sigma_slope": (
        "This trace has no sigma_slope: it does not come from the hierarchical model.",
        _PARTIAL,
    ),
    "trace-shape": ("The trace's draws have an unexpected shape: {detail}.", _NO),
    "trace-groups": (
        "The trace has {found} slopes a draw; there are {n_groups} groups.",
        _NO,
    ),
    "trace-not-finite": ("The trace holds NaN or infinite draws of {detail}.", _NO),
    "drawn-by-hand": (
        "`{name}` carries no sampler statistics: these numbers were not made by pm.sample from "
        "your model.",
        _PARTIAL,
    ),
    "variational": (
        "One chain without sampler statistics: `{name}` is a variational approximation (pm.fit) "
        "or the like, not what pm.sample returns.",
        _PARTIAL,
    ),
    "prior-draws": (
        "`{name}` holds draws from the prior: they have not seen y. Use pm.sample.",
        _PARTIAL,
    ),
    "point-estimate": (
        "`{name}` is a single point, as pm.find_MAP gives it. A point is not a posterior: use "
        "pm.sample.",
        _NO,
    ),
    "posterior-only": (
        "`{name}` is one group of a trace ({detail}). Keep all that pm.sample returned: its "
        "sampler's statistics are looked at too.",
        _PARTIAL,
    ),
    "unpooled-trace": (
        "This trace has no mu_slope: it is the unpooled fit.",
        _PARTIAL,
    ),
    "draws-deleted": (
        "Draws were taken out of this trace: their numbers have gaps. If it was the divergent "
        "ones, that hides the bias and does not remove it, for the sampler still misses the places "
        "where it diverges. Hand in all that one run gives.",
        _PARTIAL,
    ),
    "not-sampled": (
        "These draws were not made by sampling this model: the log density that the sampler "
        "noted down is not the model's own at the draws. Do they come from another model?",
        _PARTIAL,
    ),
    "model-wrong": (
        "The trace belongs to a model that is not the one asked. {reason}",
        _PARTIAL,
    ),
    "still-centered": (
        "The joint distribution is right, and earns half. But `{name}` is still drawn with "
        "sigma_slope as its sd, which is the centered form: draw standard normal offsets, and "
        "make the slopes of them.",
        _PARTIAL,
    ),
    "centered-trace": (
        "Right model, but the trace is that of a centered one: its sampler drew the slopes "
        "themselves, and no offsets. Sample the model that you hand in.",
        _PARTIAL,
    ),
    "stale": (
        "Right model, but the trace is no run of it as it stands: it comes from another version, "
        "or its draws were changed afterwards. Run the sampling cell again, and leave the draws as "
        "they are.",
        _PARTIAL,
    ),
    "no-record": (
        "Right model, and the draws in `{name}` may be its own. But the log density that a sampler "
        "notes down at each draw (lp) is not there, so that nothing ties them to your model. Hand "
        "in all that pm.sample returned.",
        _TRUST,
    ),
    "chains-alike": (
        "Right model, but chains {first} and {second} hold the same draws, so that comparing "
        "chains says nothing. Give each run a random_seed of its own, or let one call of pm.sample "
        "draw all the chains.",
        _TRUST,
    ),
    "one-step-size": (
        "Right model, but all {chains} chains have one step size, to the last digit. Chains are "
        "tuned apart; these are pieces of a single one, or were never tuned. Let pm.sample draw "
        "four.",
        _TRUST,
    ),
    "one-chain": ("Right model, but one chain: R-hat compares chains. Use chains=4.", _TRUST),
    "divergences": (
        "Right model, but {count} of {draws} draws diverged: these draws miss where sigma_slope "
        "is small. Raise target_accept (0.995), go non-centered, or run it again with another "
        "random_seed.",
        _GEOMETRY,
    ),
    "r-hat": (
        "Right model, but the chains disagree (R-hat {value:.2f} for `{name}`, should be near 1). "
        "Run it again with another random_seed, draw more, or raise target_accept.",
        _TRUST,
    ),
    "low-ess": (
        "Right model, but its draws of `{name}` are worth only {value:.0f} independent ones. "
        "Draw more, go non-centered, or run it again with another random_seed.",
        _TRUST,
    ),
    "off-target": (
        "Right model, but these draws of `{name}` are farther from its exact posterior than "
        "chance explains. Draw more, or raise target_accept, and run again.",
        _TRUST,
    ),
    # --- numbers ---
    "no-shrinkage": (
        "Group {group} has not moved: {value:.2f}. That is the unpooled slope.",
        _PARTIAL,
    ),
    "distance-moved": (
        "`{name}` is {value}: that is how far the slope has moved. Asked for is where it is now.",
        _PARTIAL,
    ),
    "no-such-group": (
        "There is no group {value}: the groups are numbered from 0 to {last}.",
        _NO,
    ),
    "wrong-group": (
        "Group {value} is not the one whose slope stands apart: look at the forest plot again.",
        _NO,
    ),
    "not-a-number": ("`{name}` must be {asked}; it is {value}.", _NO),
    "not-from-trace": (
        "`{name}` is {value}; your own trace gives {own}.",
        _NO,
    ),
    "other-statistic": (
        "`{name}` is {value}, which is {what}; asked for is {asked} of group {group}'s slope.",
        _NO,
    ),
    "interval-reversed": (
        "`{name}` has its ends in the wrong order: asked for is the pair (low, high).",
        _NO,
    ),
    "interval-width": (
        "`{name}` holds the low end and the width; asked for are both ends, (low, high).",
        _NO,
    ),
    "interval-center": (
        "`{name}` holds the center and the half-width; asked for are the ends, (low, high).",
        _NO,
    ),
    "other-prob": (
        "`{name}` is the {prob} % interval; asked for is 94 % (az.hdi(..., prob=0.94)).",
        _NO,
    ),
    "equal-tailed": (
        "`{name}` leaves 3 % of the draws out on each side; asked for is the HDI, the shortest "
        "interval that holds 94 %.",
        _NO,
    ),
    "other-slope": ("`{name}` is {value}, the number of group {group}.", _NO),
    "prior-not-used": (
        "`{name}` is {value}; with the prior of this exercise it is {exact}.",
        _PRIOR,
    ),
    "apart-other": (
        "`{name}` is {value}, which is {what}. Asked for is the probability, {exact}, that two "
        "given slopes of one draw differ by more than 0.5.",
        _PRIOR,
    ),
    "percent": ("`{name}` must be a probability between 0 and 1; it is {value}.", _PRIOR),
    "one-sided": (
        "You counted the draws where one given group is ahead. Either may be: take the absolute "
        "value of the difference.",
        _PRIOR,
    ),
    "not-apart": (
        "That is the probability that the slopes differ by less than 0.5; asked for is more.",
        _PRIOR,
    ),
    "draws-shape": (
        "`{name}` must be an array of shape (draws, {n_groups}) with at least {least} draws; "
        "yours is {found}.",
        _PRIOR,
    ),
    "draws-posterior": (
        "The draws in `{name}` have seen y: they are from the posterior. For the prior use "
        "pm.draw or pm.sample_prior_predictive.",
        _PRIOR,
    ),
    "draws-predictive": (
        "`{name}` holds slope * x for each row, without noise; asked are the slopes themselves, "
        "{n_groups} a draw. (A prediction of y would need the noise as well.)",
        _PRIOR,
    ),
    "draws-reused": (
        "In `{name}` one pair of mu and sigma stands behind {times} draws: each draw needs a pair "
        "of its own, or there are far fewer draws than it seems.",
        _PRIOR,
    ),
    "draws-repeated": (
        "`{name}` holds {draws} draws, of which only {distinct} differ: the others are copies, and "
        "copies make no draws.",
        _TRUST,
    ),
    "draws-correlated": (
        "The draws in `{name}` hang together, as a chain's do, and a chain moves badly in this "
        "prior. Draw independently: pm.draw or pm.sample_prior_predictive.",
        _PRIOR,
    ),
    "draws-columns-sorted": (
        "Each column of `{name}` is in order: sorted by themselves, the slopes in a row are no "
        "longer those of one draw.",
        _PRIOR,
    ),
    "draws-tied": (
        "In these draws the mean and the spread of a draw's slopes go together (rank correlation "
        "{correlation:.2f}): mu_slope and sigma_slope are independent. Were they made of the same "
        "random numbers?",
        _PRIOR,
    ),
    "draws-offset-tied": (
        "In these draws the offset of slope {slope} goes with the draw's mean (rank correlation "
        "{correlation:.2f}): they are independent. Were mu and this offset made of the same random "
        "numbers, by one seed set twice, say?",
        _PRIOR,
    ),
    "draws-centered": (
        "The slopes of each draw in `{name}` add up to zero: their mean was taken away, and "
        "mu_slope with it.",
        _PRIOR,
    ),
    "draws-sorted": (
        "The slopes of each draw in `{name}` are in order: sorted, a column is no group any more.",
        _PRIOR,
    ),
    "draws-positive": (
        "No slope in `{name}` is negative, and half of the prior's are: was an absolute value "
        "taken, or were they thrown away?",
        _PRIOR,
    ),
    "draws-reshaped": (
        "A row of `{name}` does not hold one draw's slopes: an array of shape ({n_groups}, draws) "
        "was cut into rows by reshape. It has to be turned: .T.",
        _PRIOR,
    ),
    "draws-own-sigma": (
        "Each slope has a sigma_slope of its own: all of a draw's slopes must share one mu and one "
        "sigma.",
        _PRIOR,
    ),
    "draws-rounded": (
        "The draws in `{name}` are rounded, which hides how close the slopes of a draw are: keep "
        "all digits.",
        _PRIOR,
    ),
    "draws-mean": (
        "In these draws mu_slope has mean {mean} and sd {sd}; asked for is Normal(0, 1).",
        _PRIOR,
    ),
    "draws-copied": (
        "The {n_groups} slopes of a draw are copies of one number: given mu and sigma they must "
        "be drawn independently.",
        _PRIOR,
    ),
    "draws-fixed": (
        "All the draws share one mu_slope or one sigma_slope: each draw needs a pair of its own.",
        _PRIOR,
    ),
    "draws-apart": (
        "The slopes of a draw are unrelated: all of a draw's slopes must share one mu and one "
        "sigma.",
        _PRIOR,
    ),
    "draws-scale": (
        "Within a draw your slopes spread as if sigma_slope were {alternative}; asked for is "
        "Exponential(13), a rate, with mean 1/13.",
        _PRIOR,
    ),
    "draws-pair": (
        "Slopes {first} and {second} of a draw lie {how} than two of Normal(mu_slope, "
        "sigma_slope) do that know nothing of each other. Draw each group's offset by itself.",
        _PRIOR,
    ),
    "draws-other": (
        "These draws do not follow the prior of this exercise: {statistic} is off (distance "
        "{distance:.3f}, where chance allows {allowed:.3f}).",
        _PRIOR,
    ),
    # --- functions ---
    "function-raised": ("`{name}` raised {detail}", _WHY),
    "function-returns-nothing": ("`{name}` returns nothing: end it with `return`.", _WHY),
    "function-changes": (
        "The share is right, but `{name}` changed the arrays it was given: -= works in place, and "
        "whoever called it has lost them. Make new ones.",
        _WHY,
    ),
    "function-shape": (
        "`{name}` must return a number for numbers and an array for arrays; {detail}",
        _WHY,
    ),
    "share-left": (
        "That is the share of the way that is left: a slope that has not moved must get 0, one "
        "that has moved all the way 1.",
        _WHY,
    ),
    "share-sign": ("The sign is turned around: moving toward the population is positive.", _WHY),
    "share-of-rest": (
        "You divided by what is left of the way, from partial to population; the whole way goes "
        "from unpooled to population.",
        _WHY,
    ),
    "share-two": ("You took {value} for the population's slope; use the argument.", _WHY),
    "share-arguments": (
        "That would be the share, were the arguments in another order: they are {asked}.",
        _WHY,
    ),
    "share-parentheses": (
        "Parentheses are missing: without them only what stands next to the / is divided. Both "
        "differences need a pair.",
        _WHY,
    ),
    "share-in-place": (
        "For numbers the share is right. But arrays are changed while `{name}` works on them: -= "
        "works in place, and what is read afterwards is no longer what was given.",
        _WHY,
    ),
    "share-whole": (
        "For numbers the share is right; for arrays it is cut to whole numbers. np.vectorize takes "
        "its type from the first result: let that be 0.0 and not 0, or do without it.",
        _WHY,
    ),
    "share-whole-arrays": (
        "The share is right, and that earns half. But given arrays of whole numbers it cuts shares "
        "to whole numbers: the result takes the type of an argument. Let it be float.",
        _WHY,
    ),
    "share-own-mean": (
        "You measure the way to the mean of `partial`; it goes to the argument `population`.",
        _WHY,
    ),
    "share-absolute-way": (
        "You took the absolute value of the whole way, and not of the way gone: for slopes below "
        "the population's the sign is wrong. Without absolute values both have the same sign.",
        _WHY,
    ),
    "share-for-arrays": (
        "For numbers the share is right; for arrays it is {value} where {expected} is expected.",
        _WHY,
    ),
    "share-squared": ("That is the square of the share of the way.", _WHY),
    "share-inverse": ("The fraction is upside down: the whole way belongs below.", _WHY),
    "share-absolute": (
        "You took absolute values: a slope that moves away from the population has a negative "
        "share, one that overshoots a share above 1.",
        _WHY,
    ),
    "share-of-distances": (
        "You compared distances from the population without their signs: a slope that overshoots "
        "it has a share above 1.",
        _WHY,
    ),
    "share-of-squares": (
        "You compared squared distances, as variances are compared; asked for is a share of the "
        "way itself.",
        _WHY,
    ),
    "share-distance": (
        "That is a distance; asked for is the share of the whole way from unpooled to population.",
        _WHY,
    ),
    "share-clipped": (
        "You cut the share off at 0 and 1: a slope that moves away from the population has a "
        "negative share, one that overshoots a share above 1.",
        _WHY,
    ),
    "share-percent": ("That is a percentage; asked for is a share: 1 for the whole way.", _WHY),
    "share-of-unpooled": (
        "You divided by the unpooled slope: the whole way goes from there to the population, not "
        "to zero.",
        _WHY,
    ),
    "sensitivity-keys": (
        "`{name}` must be a dict with a number for each of the rates {asked}; it is {found}.",
        _FAILS,
    ),
    "sensitivity-textual": (
        "The means in `{name}` are right, and that earns half. But the keys are texts: whoever "
        "looks for the rate 13 finds nothing. Use the rates themselves, {{1: ..., 5: ...}}.",
        _FAILS,
    ),
    "sensitivity-interpolated": (
        "The mean at rate {rate} lies on the line between its neighbors', to the last digit: it "
        "was interpolated. Does the slope glide from one to the other? Compute it.",
        _FAILS,
    ),
    "sensitivity-noise": (
        "These are the means with the rate in the prior of noise as well; noise keeps its "
        "Exponential(10), only sigma_slope's prior changes.",
        _FAILS,
    ),
    "sensitivity-prior": (
        "These are the means under {found}; asked for is Exponential(rate) for sigma_slope itself.",
        _FAILS,
    ),
    "sensitivity-same": (
        "Two rates have exactly the same mean, {value}: was the same trace used for both, or too "
        "much rounded off? Build and sample a model for each rate, and keep two digits after the "
        "point.",
        _FAILS,
    ),
    "sensitivity-scale": (
        "These are the means under Exponential(1 / rate): PyMC's Exponential takes the rate.",
        _FAILS,
    ),
    "sensitivity-reversed": (
        "The means are right, but in the wrong order: the larger the rate, the smaller sigma_slope "
        "is expected to be.",
        _FAILS,
    ),
    "sensitivity-unmoved": (
        "All of these are about {value}, whatever the rate. Either it does not reach sigma_slope's "
        "prior, or it is another group's slope, or the model is not the one with a Normal "
        "likelihood and all rows, or the sampler saw only one of two hills.",
        _FAILS,
    ),
    "sensitivity-sigma": (
        "These are the means of sigma_slope; asked for are those of the outlier group's slope.",
        _FAILS,
    ),
    "sensitivity-half-normal": (
        "These are the means under HalfNormal(1 / rate); asked for is Exponential(rate).",
        _FAILS,
    ),
    "sensitivity-median": (
        "The means in `{name}` are near, but at the larger rates these are the posterior's "
        "medians. Its right tail is longer than its left one, and the mean lies farther out.",
        _FAILS,
    ),
    "sensitivity-fixed": (
        "These are the means with sigma_slope fixed at 1 / rate, its prior's mean: the data had "
        "no say in it. Make sigma_slope a variable.",
        _FAILS,
    ),
    "sensitivity-mu": (
        "These are the means of mu_slope; asked for are those of the outlier group's slope.",
        _FAILS,
    ),
    "sensitivity-all-groups": (
        "These are the means of all the groups' slopes together; asked for are those of the "
        "outlier group's slope.",
        _FAILS,
    ),
    "sensitivity-sd": (
        "These are the posterior standard deviations of the slope; asked for are its means.",
        _FAILS,
    ),
    "sensitivity-moved": (
        "These say how far the slope is from the unpooled one; asked for is where it is.",
        _FAILS,
    ),
    "sensitivity-data": (
        'These are the means with the data set "stubborn"; asked for are those with the '
        "course's own.",
        _FAILS,
    ),
    "sensitivity-rerun": (
        "At rate {rate} you have {value}; the exact mean is {exact}. If the method is "
        "right, the run was too short or stuck: draw more, go non-centered, or look at R-hat.",
        _FAILS,
    ),
    "sensitivity-other": (
        "At rate {rate} you have {value}; the exact posterior mean of this slope is {exact}.",
        _FAILS,
    ),
    "own:missing": ("I can't find a variable `{name}`; your model has {found}.", ""),
    "own:shape": ("`{name}` has shape {found}; asked for is {asked}.", ""),
    "own:size": (
        "Your model has {found} free numbers where {asked} are asked: it is sampled in {free}.",
        "",
    ),
    "own:prior": ("The prior of `{name}` is {found}; asked for is {asked}.", ""),
    "own:given": ("`{name}` does not depend on the other variables as it is asked to.", ""),
    "own:observed": (
        "The observed values are not the data: {found} of them, where {asked} are asked, or "
        "others.",
        "",
    ),
    "own:likelihood": ("The priors are right; the likelihood is not the one asked.", ""),
    "own:other": (
        "The joint density is not the one asked: look at how {names} is made, and at the "
        "likelihood.",
        "",
    ),
    "share-wrong": (
        "For unpooled {unpooled}, partial {partial} and population {population} your function "
        "gives {value}; the share of the way is {expected}.",
        _WHY,
    ),
}

DIAGNOSES = {code: Diagnosis(*entry) for code, entry in _TABLE.items()}


def explain(code: str, **values: object) -> tuple[str, str]:
    """Message and page of a diagnosis, with the student's own numbers filled in."""
    diagnosis = DIAGNOSES[code]
    return diagnosis.message.format(**values), diagnosis.page


def told_apart(value: float, other: float) -> str:
    """Write a number in as few digits as show that it is not the other one."""
    shown = ((f"{value:.{n}g}", f"{other:.{n}g}") for n in range(3, 16))
    return next((own for own, others in shown if own != others), repr(float(value)))
