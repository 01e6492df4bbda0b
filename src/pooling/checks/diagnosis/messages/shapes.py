"""A model whose variables are too many, too few or of another size."""

from pooling.checks.diagnosis.messages.pages import (
    COMPLETE_POOLING,
    NO_POOLING,
    PARTIAL_POOLING,
    PRIOR,
)

MESSAGES: dict[str, tuple[str, str]] = {
    "slope-scalar": (
        "Your model has one slope for all groups, which is complete pooling; this exercise wants "
        "{n_groups}, one for each group.",
        COMPLETE_POOLING,
    ),
    "groups-counted": (
        "Where every group has rows, the model is right, and that earns half. But on rows of the "
        "groups {first} to {last} alone it has {found} slopes for the groups 0 to {last}. Their "
        "number is int(groups.max()) + 1, not that of the groups that occur: one without rows has "
        "a slope as well.",
        NO_POOLING,
    ),
    "groups-shifted": (
        "Where every group has rows, the model is right, and that earns half. But on rows of the "
        "groups {first} to {last} alone these look up slopes that are not theirs. Use `groups` as "
        "they are: subtract nothing, and do not number them anew.",
        NO_POOLING,
    ),
    "slope-length": (
        "Your model has {found} slopes for {n_groups} groups: every group gets one, however few "
        "its rows.",
        NO_POOLING,
    ),
    "slope-longer": (
        "Your model has {found} slopes for {n_groups} groups. They are numbered from 0: the last "
        "one's number plus one is how many there are.",
        NO_POOLING,
    ),
    "hyper-beside": (
        "The slopes are made with {instead}, and nothing is made with {idle}: give the name to "
        "what they are made with.",
        PRIOR,
    ),
    "slope-each-row": (
        "`slope` has {found} values, one for each row; asked is one for each group. A row of the "
        "data picks its group's: slope[groups], without a name of its own.",
        NO_POOLING,
    ),
    "noise-per-group": (
        "Your model has {found} noises; here all the groups share one.",
        NO_POOLING,
    ),
    "hyper-not-scalar": ("`{name}` must be a single number; yours has {found} values.", PRIOR),
    "obs-not-observed": (
        "`{name}` is not observed: pass observed=y, or the model never sees the data.",
        NO_POOLING,
    ),
    "one-too-many": (
        "Your model has more parameters than asked: {extra}.",
        NO_POOLING,
    ),
    "one-each-row": (
        "`{name}` has {found} values, one for each row of the data; no parameter of this model has "
        "so many. What differs by group is picked for each row by [groups].",
        NO_POOLING,
    ),
    "slope:learned": (
        "In your model the slopes' prior is learned from the data ({extra}): that is partial "
        "pooling, and comes later. Here it is fixed, Normal(0, 20).",
        NO_POOLING,
    ),
    "prior-has-data": (
        "Your model has data in it (`{name}`). This exercise asks for the prior alone, before any "
        "data.",
        PRIOR,
    ),
    "intercept": (
        "An intercept is one thing too many ({extra}): each line y = slope * x goes through zero.",
        NO_POOLING,
    ),
    "zero-sum": (
        "Offsets that sum to zero are an interesting model, but a different one: mu_slope becomes "
        "the mean of these groups, not of the population that they come from. Use independent "
        "offsets.",
        PARTIAL_POOLING,
    ),
    "sigma-fixed": (
        "sigma_slope is the constant {value}: a constant decides the shrinkage for you. Give it "
        "its prior, and let the groups decide.",
        PRIOR,
    ),
    "constant": (
        "`{name}` is the constant {value}; it must be a variable with a prior, to be learned.",
        PRIOR,
    ),
    "plugged-in": (
        "The slopes' mean and sd are plugged in as {mean} and {sd}. Estimates in place of "
        "hyperpriors hide how uncertain they are; give mu_slope and sigma_slope their priors.",
        PRIOR,
    ),
    "hyper-from-slopes": (
        "mu_slope and sigma_slope are computed from the slopes in your model. It is the other way "
        "round: they have priors of their own, and the slopes are drawn with them.",
        PRIOR,
    ),
    "offsets-fixed": (
        "The offsets are numbers, drawn once when the model was built: each must be a random "
        "variable, pm.Normal, for its group's slope to be learned.",
        PARTIAL_POOLING,
    ),
    "obs:other-slopes": (
        "The likelihood does not use `slope`: it takes `{name}` in its place.",
        PARTIAL_POOLING,
    ),
    "offset-shared": (
        "All the slopes are made from one single offset, so they cannot differ: it needs one for "
        "each group.",
        PARTIAL_POOLING,
    ),
    "slopes-identical": (
        "All the slopes are copies of one number: that is complete pooling.",
        COMPLETE_POOLING,
    ),
    "slope:reference": (
        "The slope of group {group} is mu_slope itself: with a group for reference, mu_slope is no "
        "longer the mean of a population. Every group has an offset of its own.",
        PARTIAL_POOLING,
    ),
    "too-few": (
        "Your model has {found} free numbers where {expected} are asked. Something that must be "
        "learned is held constant, or the slopes are tied to each other.",
        PARTIAL_POOLING,
    ),
    "not-finite": (
        "The log density of your model is not finite, not even near its start.",
        NO_POOLING,
    ),
}
