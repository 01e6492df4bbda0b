"""A model with a wrong prior."""

from pooling.checks.diagnosis.messages.pages import (
    FAILS,
    GEOMETRY,
    NO_POOLING,
    PARTIAL_POOLING,
    PRIOR,
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

MESSAGES: dict[str, tuple[str, str]] = {
    "slope:sd-is-variance": ("sigma is a standard deviation: 20, not sqrt(20).", NO_POOLING),
    "slope:sd-is-precision": (
        "You passed 20 as a precision (tau = 1 / sd squared); it is the standard deviation of "
        "the slopes. The second argument of Normal is sigma.",
        NO_POOLING,
    ),
    "slope:sd-squared": (
        "You passed 400, the variance; sigma is a standard deviation: 20.",
        NO_POOLING,
    ),
    "slope:keyword-ignored": (
        _IGNORED.replace("{default}", "an sd of 1").replace("{asked}", "20"),
        NO_POOLING,
    ),
    "slope:centered-on-two": (
        "The prior of the slopes is centered on {mean}; it is asked to be Normal(0, 20). What the "
        "slopes are is for the data to say.",
        NO_POOLING,
    ),
    "slope:mean-and-sd-swapped": (
        "The mean and the sd of the slopes' prior changed places.",
        NO_POOLING,
    ),
    "slope:sd": (
        "The prior of the slopes is asked to be Normal(0, 20); yours has sd {sd}.",
        NO_POOLING,
    ),
    "slope:kind": ("The slopes' prior is {found}; it is asked to be {asked}.", PRIOR),
    "slope:contrasts": (
        "The slope of one group (`{base}`) is part of all the others, which add differences "
        "(`{others}`) to it. Asked is a slope for each group, {asked}, none of them a reference.",
        NO_POOLING,
    ),
    "support": (
        "In your model {name} never goes {side} {edge}. A prior that is asked for here leaves it "
        "free; is there a half-normal, a truncation, a clip, a bounded transform or an absolute "
        "value?",
        PRIOR,
    ),
    "support-order": (
        "In your model the slopes always rise, or always fall, from group to group: is there a "
        "sort, or a transform that orders them? Nobody knows their order beforehand.",
        PRIOR,
    ),
    "farther-out": (
        "Where parameters have common values, your model's joint density is the one asked; farther "
        "out it is not. Is there a maximum, a minimum, a clip or a small number added somewhere?",
        PRIOR,
    ),
    "slope:mean": ("The slopes are centered on something else than mu_slope.", PRIOR),
    "slope:standardized": (
        "The slopes of a draw have mean mu_slope and sd sigma_slope exactly: were the offsets "
        "standardized? Each must be an independent draw of a standard normal.",
        PRIOR,
    ),
    "slope:depends": (
        "The slopes' prior is asked to be {asked}; in your model they are made with {found} as "
        "well.",
        PRIOR,
    ),
    "slope:scale": (
        "The slopes are not distributed as {asked}, each by itself.",
        PRIOR,
    ),
    "slope:correlated": (
        "The slopes of two groups are correlated in your model. Asked is {asked} for each by "
        "itself: off its diagonal, a covariance matrix of theirs is zero.",
        PRIOR,
    ),
    "slope:group-apart": (
        "The slope of group {group} is not drawn as the others are. All groups come from one "
        "population, {asked}, odd ones as well: how far each is pulled is for the data to say.",
        PRIOR,
    ),
    "slope:is-offset": (
        "What you call `slope` is the offset: the likelihood goes with mu_slope + sigma_slope * "
        "slope. That is the slope; give it the name.",
        PARTIAL_POOLING,
    ),
    "slope:unscaled": (
        "`sigma_slope` must be the sd of the slopes themselves. In your model it is Exponential(1) "
        "and shrinks to a thirteenth only on its way to them: divide first, and give the result "
        "the name.",
        PRIOR,
    ),
    "slope:sigma-floor": (
        "The slopes spread by sigma_slope + {more}, and never by less than {more}: groups that are "
        "alike could not be drawn together. Leave the prior to keep sigma_slope above zero.",
        PRIOR,
    ),
    "slope:sigma-squared": (
        "The slopes spread by sigma_slope squared, as if Normal wanted a variance: it wants the "
        "standard deviation, which is sigma_slope.",
        PRIOR,
    ),
    "slope:sigma-root": ("You passed the square root of sigma_slope as the sd.", PRIOR),
    "slope:sigma-precision": (
        "You passed sigma_slope as a precision (tau); it is the standard deviation.",
        PRIOR,
    ),
    "slope:sigma-inverse": ("You passed 1 / sigma_slope as the sd of the slopes.", PRIOR),
    "slope:hyperpriors-unused": (
        "Neither mu_slope nor sigma_slope reaches the slopes: these still have a fixed prior, so "
        "nothing is learned from the other groups. Put mu_slope and sigma_slope in the place of "
        "its numbers.",
        PRIOR,
    ),
    "slope:mu-unused": (
        "mu_slope does not reach the slopes' prior: they are centered on a constant.",
        PRIOR,
    ),
    "slope:sigma-unused": (
        "sigma_slope does not reach the slopes' prior: their sd is {sd}, and a constant decides "
        "the shrinkage for you.",
        PRIOR,
    ),
    "slope:sigma-ignored": (
        "The slopes have sd 1 whatever sigma_slope is. If you did write sigma_slope, check the "
        "spelling of the argument: PyMC ignores a keyword it does not know (sd=, say), without a "
        "word, and takes its default. Write sigma=.",
        PRIOR,
    ),
    "slope:sigma-added": (
        "sigma_slope is added to the slopes' mean: it must multiply the offsets, mu_slope + "
        "sigma_slope * offset.",
        PARTIAL_POOLING,
    ),
    "slope:cov-is-sd": (
        "You passed sigma_slope on the diagonal of a covariance matrix, where variances stand: "
        "sigma_slope squared.",
        PRIOR,
    ),
    "slope:scaled-twice": (
        "The offsets are drawn with sigma_slope and then multiplied by it again, so that the "
        "slopes spread by sigma_slope squared. Draw standard normal offsets.",
        PARTIAL_POOLING,
    ),
    "scales-exchanged": (
        "sigma_slope and noise have changed places: the slopes spread by sigma_slope, the rows "
        "around their lines by noise.",
        PRIOR,
    ),
    "slope:noise-for-sd": (
        "The slopes spread by `noise` in your model: their sd is sigma_slope, and noise is that "
        "of a row around its line.",
        PRIOR,
    ),
    "slope:offset-sd": (
        "The offsets must be standard normal; yours have sd {sd}, so that the slopes spread {sd} "
        "times as far as sigma_slope says.",
        PARTIAL_POOLING,
    ),
    "slope:other-sd": (
        "The sd of the slopes' prior is not sigma_slope: where sigma_slope is {sigma}, it is {sd}.",
        PRIOR,
    ),
    "slope:mu-twice": (
        "mu_slope is added twice: the slopes lie around 2 * mu_slope.",
        PARTIAL_POOLING,
    ),
    "slope:stretched-twice": (
        "The offsets are drawn around mu_slope with sigma_slope, and then moved and stretched by "
        "them once more. Draw them standard normal.",
        PARTIAL_POOLING,
    ),
    "slope:mu-scaled": (
        "mu_slope is multiplied by sigma_slope, as the offsets are. A slope is "
        "mu_slope + sigma_slope * offset.",
        PARTIAL_POOLING,
    ),
    "slope:walk": (
        "Each slope is drawn around the one before it: a random walk, in which the order of the "
        "groups' numbers would mean something. Draw each around mu_slope.",
        PARTIAL_POOLING,
    ),
    "slope:offset-mean": (
        "The offsets must have mean zero; yours are centered on {mean}.",
        PARTIAL_POOLING,
    ),
    "slope:offset-kind": (
        "The offsets are {found}; they must be standard normal, Normal(0, 1), for the slopes to be "
        "Normal(mu_slope, sigma_slope).",
        PARTIAL_POOLING,
    ),
    "slope:hyperpriors-swapped": ("mu_slope and sigma_slope have changed places.", PRIOR),
    "hyperpriors-exchanged": (
        "mu_slope and sigma_slope have each other's prior: asked are mu_slope ~ Normal(0, 1) and "
        "sigma_slope ~ Exponential(13). A standard deviation cannot be negative.",
        PRIOR,
    ),
    "mu_slope:mean-2": (
        "You wrote the answer into the prior: mu_slope ~ {found}. It is asked to be Normal(0, 1). "
        "What the slopes are is for the data to say; if the center was computed from them, they "
        "say it twice.",
        PRIOR,
    ),
    "mu_slope:sd": ("mu_slope is asked to be Normal(0, 1); your model has {found}.", PRIOR),
    "scale:rate-is-scale": (_RATE, PRIOR),
    "scale:keyword-ignored": (
        _IGNORED.replace("{default}", "a rate of 1").replace("{asked}", "{rate:g}"),
        PRIOR,
    ),
    "scale:prior-of": (
        "The Exponential({rate:g}) in your model is the prior of {found}; asked for is that of "
        "`{name}` itself.",
        PRIOR,
    ),
    "prior-derived": (
        "`{name}` is made of {made} in your model, and its prior comes out as another than "
        "{asked}: a function of a variable does not have the variable's distribution.",
        PRIOR,
    ),
    "scale:half-normal": (
        "The prior of `{name}` is {found}; asked for is Exponential({rate:g}).",
        PRIOR,
    ),
    "scale:half-cauchy": (
        "The prior of `{name}` is {found}; asked for is Exponential({rate:g}).",
        PRIOR,
    ),
    "scale:flat": ("`{name}` has a flat prior; asked for is Exponential({rate:g}).", PRIOR),
    "scale:no-jacobian": (
        "`{name}` is made of its logarithm, and the prior was written for `{name}` itself. Moving "
        "from one to the other stretches the axis: add log({name}), the logarithm of the "
        "derivative, or let PyMC transform.",
        GEOMETRY,
    ),
    "scale:rate": (
        "The prior of `{name}` is {found}; asked for is Exponential({rate:g}).",
        PRIOR,
    ),
    "nu-prior": (
        "If nu is learned, its prior is asked to be Gamma(2, 0.1); yours is {found}. The prior "
        "decides how much weight lies on nu below 1, where a Student-t has not even a mean.",
        FAILS,
    ),
    "prior-kind": (
        "The prior of `{name}` is {found}; asked for is {asked}.",
        PRIOR,
    ),
}
