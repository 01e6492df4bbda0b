"""Means by the rate of sigma_slope's prior."""

from pooling.checks.diagnosis.messages.pages import FAILS

MESSAGES: dict[str, tuple[str, str]] = {
    "sensitivity-keys": (
        "`{name}` must be a dict with a number for each of the rates {asked}; it is {found}.",
        FAILS,
    ),
    "sensitivity-textual": (
        "The means in `{name}` are right, and that earns half. But the keys are texts: whoever "
        "looks for the rate 13 finds nothing. Use the rates themselves, {{1: ..., 5: ...}}.",
        FAILS,
    ),
    "sensitivity-interpolated": (
        "The mean at rate {rate} lies on the line between its neighbors', to the last digit: it "
        "was interpolated. Does the slope glide from one to the other? Compute it.",
        FAILS,
    ),
    "sensitivity-noise": (
        "These are the means with the rate in the prior of noise as well; noise keeps its "
        "Exponential(10), only sigma_slope's prior changes.",
        FAILS,
    ),
    "sensitivity-prior": (
        "These are the means under {found}; asked for is Exponential(rate) for sigma_slope itself.",
        FAILS,
    ),
    "sensitivity-same": (
        "Two rates have exactly the same mean, {value}: was the same trace used for both, or too "
        "much rounded off? Build and sample a model for each rate, and keep two digits after the "
        "point.",
        FAILS,
    ),
    "sensitivity-scale": (
        "These are the means under Exponential(1 / rate): PyMC's Exponential takes the rate.",
        FAILS,
    ),
    "sensitivity-reversed": (
        "The means are right, but in the wrong order: the larger the rate, the smaller sigma_slope "
        "is expected to be.",
        FAILS,
    ),
    "sensitivity-unmoved": (
        "All of these are about {value}, whatever the rate. Either it does not reach sigma_slope's "
        "prior, or it is another group's slope, or the model is not the one with a Normal "
        "likelihood and all rows, or the sampler saw only one of two hills.",
        FAILS,
    ),
    "sensitivity-one-rate": (
        "All of these are about {value}, the answer for the rate {rate}: the others do not reach "
        "the prior of sigma_slope.",
        FAILS,
    ),
    "sensitivity-other-group": (
        "These are the means of the slope of group {group}; asked for is the outlier group.",
        FAILS,
    ),
    "sensitivity-sigma": (
        "These are the means of sigma_slope; asked for are those of the outlier group's slope.",
        FAILS,
    ),
    "sensitivity-half-normal": (
        "These are the means under HalfNormal(1 / rate); asked for is Exponential(rate).",
        FAILS,
    ),
    "sensitivity-median": (
        "The means in `{name}` are near, but at the larger rates these are the posterior's "
        "medians. Its right tail is longer than its left one, and the mean lies farther out.",
        FAILS,
    ),
    "sensitivity-fixed": (
        "These are the means with sigma_slope fixed at 1 / rate, its prior's mean: the data had "
        "no say in it. Make sigma_slope a variable.",
        FAILS,
    ),
    "sensitivity-mu": (
        "These are the means of mu_slope; asked for are those of the outlier group's slope.",
        FAILS,
    ),
    "sensitivity-all-groups": (
        "These are the means of all the groups' slopes together; asked for are those of the "
        "outlier group's slope.",
        FAILS,
    ),
    "sensitivity-sd": (
        "These are the posterior standard deviations of the slope; asked for are its means.",
        FAILS,
    ),
    "sensitivity-moved": (
        "These say how far the slope is from the unpooled one; asked for is where it is.",
        FAILS,
    ),
    "sensitivity-data": (
        'These are the means with the data set "stubborn"; asked for are those with the '
        "course's own.",
        FAILS,
    ),
    "sensitivity-rerun": (
        "At rate {rate} you have {value}; the exact mean is {exact}. If the method is "
        "right, the run was too short or stuck: draw more, go non-centered, or look at R-hat.",
        FAILS,
    ),
    "sensitivity-other": (
        "At rate {rate} you have {value}; the exact posterior mean of this slope is {exact}.",
        FAILS,
    ),
}
