"""A model with a wrong likelihood, or wrong data."""

from pooling.checks.diagnosis.messages.pages import FAILS, NO_POOLING, PARTIAL_POOLING

MESSAGES: dict[str, tuple[str, str]] = {
    "obs:groups": (
        "The rows look up the slopes of other groups than their own: check how `groups` was "
        "changed before slope[groups].",
        NO_POOLING,
    ),
    "obs:rows-apart": (
        "The rows of x and y no longer belong together: one of them was sorted or shifted.",
        NO_POOLING,
    ),
    "obs:x-indexed": (
        "x is looked up by the groups' numbers, x[groups]. It has one value a row already: only "
        "the slopes are picked by group.",
        NO_POOLING,
    ),
    "obs:x-changed": (
        "x was centered or scaled. That moves the origin, and y = slope * x has no intercept to "
        "make up for it.",
        NO_POOLING,
    ),
    "obs:y-changed": (
        "The observed values are not y itself: {how} The model is asked to explain y as it was "
        "measured.",
        NO_POOLING,
    ),
    "obs:xy-swapped": ("x and y changed places: you explain x by y.", NO_POOLING),
    "obs:smallest-dropped": (
        "Group {smallest}, the smallest, is missing. The point is to see what the model does with "
        "it.",
        NO_POOLING,
    ),
    "obs:noise-squared": (
        "You passed noise squared, a variance; the likelihood wants `noise` itself.",
        NO_POOLING,
    ),
    "obs:noise-precision": (
        "You passed noise as a precision (tau); it is the sd of a row.",
        NO_POOLING,
    ),
    "obs:noise-root": ("You passed the square root of noise as the sd of a row.", NO_POOLING),
    "obs:noise-inverse": ("You passed 1 / noise as the sd of a row.", NO_POOLING),
    "obs:noise-changed": (
        "The sd of a row is not `noise`: where noise is {noise}, row {row} has {sd} in your model.",
        NO_POOLING,
    ),
    "obs:times": (
        "The likelihood enters {times} times: each row counts that often. It must count once.",
        NO_POOLING,
    ),
    "potential": (
        "The potential `{name}` is one term too many: without it, your model is the one asked.",
        NO_POOLING,
    ),
    "obs:noise-unused": (
        "`noise` is never used: the sd of a row is {sd} in your model. {hint}",
        NO_POOLING,
    ),
    "obs:data-twice": ("y enters twice, so the posterior is too narrow.", NO_POOLING),
    "obs:every-group": (
        "Each row is compared with the lines of all the {n_groups} groups, so that y enters as "
        "often. Pick its own group's slope: slope[groups] * x.",
        NO_POOLING,
    ),
    "obs:subset": (
        "{changed} of {n} rows of y are not in your model. Were they kept for a test, or is this "
        "a minibatch? It is to learn from all rows.",
        NO_POOLING,
    ),
    "obs:rescaled": (
        "The slopes and the noise have the right posterior, and that earns half. But what is "
        "observed is not y: were both sides of the equation divided by something, or moved? "
        "Whoever predicts from your model gets that back; let it observe y as it was measured.",
        NO_POOLING,
    ),
    "obs:square": (
        "Your likelihood is a square of {n} by {n} numbers: a column met a row, so that each y is "
        "compared with every row's mean. Keep slope, x and y one-dimensional.",
        NO_POOLING,
    ),
    "obs:noise-in-mean": (
        "`noise` is added to the mean of a row. It is the sd with which rows scatter around "
        "slope * x, and belongs in sigma.",
        NO_POOLING,
    ),
    "obs:plus": ("The mean of a row is slope + x in your model: multiply.", NO_POOLING),
    "obs:mean-times": (
        "The mean of a row is {times} times slope[groups] * x in your model: was x multiplied, or "
        "does the likelihood use something that `slope` is made of?",
        NO_POOLING,
    ),
    "obs:no-data": ("The model never sees y: it has no likelihood.", NO_POOLING),
    "obs:student-t": (
        "Your likelihood is Student-t. A robust one has a task of its own; here it is Normal.",
        NO_POOLING,
    ),
    "obs:mean-for-all": (
        "The likelihood uses mu_slope for every group; each row wants its own group's slope.",
        PARTIAL_POOLING,
    ),
    "obs:offset-for-slope": (
        "The likelihood takes the offsets for the slopes: a slope is "
        "mu_slope + sigma_slope * offset.",
        PARTIAL_POOLING,
    ),
    "obs:mu-twice": (
        "mu_slope is added to the slopes once more in the likelihood: they have it already.",
        PARTIAL_POOLING,
    ),
    "obs:mu-missing": (
        "The likelihood takes each slope's distance from mu_slope for the slope.",
        PARTIAL_POOLING,
    ),
    "obs:offset-not-scaled": (
        "The likelihood uses mu_slope + offset; `slope`, with sigma_slope, is reported but never "
        "used.",
        PARTIAL_POOLING,
    ),
    "obs:kind": ("Your likelihood is {found}; asked for is {asked}.", NO_POOLING),
    "obs:normal-kept": (
        "The likelihood is still Normal: a robust model expects an outlier now and then, so use "
        "StudentT with nu=4.",
        FAILS,
    ),
    "obs:nu": ("The likelihood has nu = {nu}; asked for is nu = 4.", FAILS),
    "obs:student-order": (
        "nu differs from row to row as a line does, and {taken} went in as mu: StudentT's order is "
        "not Normal's. Write StudentT(name, nu=4, mu=..., sigma=...).",
        FAILS,
    ),
    "obs:scale-is-sd": (
        "noise is taken for the sd of a row. For StudentT, sigma is a scale, and the sd is "
        "sigma * sqrt(nu / (nu - 2)); pass noise as sigma.",
        FAILS,
    ),
    "obs:scale-stretched": (
        "noise is multiplied by sqrt(nu / (nu - 2)), which makes a scale an sd. But sigma of "
        "StudentT is a scale, and so is `noise` here: pass it as it is.",
        FAILS,
    ),
    "obs:sigma-for-noise": (
        "The rows scatter by sigma_slope in your model: that is the slopes' sd, and a row's is "
        "`noise`.",
        NO_POOLING,
    ),
    "obs:x-forgotten": (
        "x is missing from the mean of a row, which is slope[groups] * x.",
        NO_POOLING,
    ),
    "obs:x-other": (
        "The mean of a row is slope[groups] times {what}; asked is slope[groups] * x.",
        NO_POOLING,
    ),
    "obs:slope-absolute": (
        "The rows use the absolute values of the slopes: a slope may be negative.",
        NO_POOLING,
    ),
    "obs:noise-by-x": (
        "The sd of a row is noise times its x in your model; all rows share one `noise`, whatever "
        "their x.",
        NO_POOLING,
    ),
    "observes-groups": ("`obs` observes groups; it should observe y.", NO_POOLING),
    "obs:one-slope": (
        "All rows use the slope of group {group}: each wants its own group's, slope[groups].",
        NO_POOLING,
    ),
    "obs:group-dropped": (
        "All rows of group {group} are missing. Every group stays in, however odd or small.",
        NO_POOLING,
    ),
    "obs:mean": (
        "Row {row} is expected at {found} in your model, where slope[groups] * x gives {asked}.",
        NO_POOLING,
    ),
    "other-likelihood": (
        "The priors are right; the likelihood is not the one asked, with mean slope[groups] * x "
        "and scale noise for each row of y.",
        NO_POOLING,
    ),
    "observed-changed": (
        "The observed values were changed: {changed} of {n} rows of y are not in your model. "
        "Outliers stay in; the model has to live with them.",
        NO_POOLING,
    ),
    "observes-x": ("`obs` observes x; it should observe y.", NO_POOLING),
    "density-part": (
        "Written out, the log density asked for holds {asked}; yours holds {found}.",
        PARTIAL_POOLING,
    ),
    "other-model": (
        "Your model is not the one asked: its joint log density differs from it by amounts that "
        "change from point to point ({terms}). Compare it line by line with the task.",
        PARTIAL_POOLING,
    ),
}
