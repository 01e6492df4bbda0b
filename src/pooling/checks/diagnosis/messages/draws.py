"""Draws from the prior, and the probability that is counted from them."""

from pooling.checks.diagnosis.messages.pages import PRIOR, TRUST

MESSAGES: dict[str, tuple[str, str]] = {
    "prior-not-used": (
        "`{name}` is {value}; with the prior of this exercise it is {exact}.",
        PRIOR,
    ),
    "apart-other": (
        "`{name}` is {value}, which is {what}. Asked for is the probability, {exact}, that two "
        "given slopes of one draw differ by more than 0.5.",
        PRIOR,
    ),
    "percent": ("`{name}` must be a probability between 0 and 1; it is {value}.", PRIOR),
    "one-sided": (
        "You counted the draws where one given group is ahead. Either may be: take the absolute "
        "value of the difference.",
        PRIOR,
    ),
    "not-apart": (
        "That is the probability that the slopes differ by less than 0.5; asked for is more.",
        PRIOR,
    ),
    "draws-shape": (
        "`{name}` must be an array of shape (draws, {n_groups}) with at least {least} draws; "
        "yours is {found}.",
        PRIOR,
    ),
    "draws-posterior": (
        "The draws in `{name}` have seen y: they are from the posterior. For the prior use "
        "pm.draw or pm.sample_prior_predictive.",
        PRIOR,
    ),
    "draws-predictive": (
        "`{name}` holds slope * x for each row, without noise; asked are the slopes themselves, "
        "{n_groups} a draw. (A prediction of y would need the noise as well.)",
        PRIOR,
    ),
    "draws-reused": (
        "In `{name}` one pair of mu and sigma stands behind {times} draws: each draw needs a pair "
        "of its own, or there are far fewer draws than it seems.",
        PRIOR,
    ),
    "draws-repeated": (
        "`{name}` holds {draws} draws, of which only {distinct} differ: the others are copies, and "
        "copies make no draws.",
        TRUST,
    ),
    "draws-correlated": (
        "The draws in `{name}` hang together, as a chain's do, and a chain moves badly in this "
        "prior. Draw independently: pm.draw or pm.sample_prior_predictive.",
        PRIOR,
    ),
    "draws-columns-sorted": (
        "Each column of `{name}` is in order: sorted by themselves, the slopes in a row are no "
        "longer those of one draw.",
        PRIOR,
    ),
    "draws-tied": (
        "In these draws the mean and the spread of a draw's slopes go together (rank correlation "
        "{correlation:.2f}): mu_slope and sigma_slope are independent. Were they made of the same "
        "random numbers?",
        PRIOR,
    ),
    "draws-offset-tied": (
        "In these draws the offset of slope {slope} goes with the draw's mean (rank correlation "
        "{correlation:.2f}): they are independent. Were mu and this offset made of the same random "
        "numbers, by one seed set twice, say?",
        PRIOR,
    ),
    "draws-centered": (
        "The slopes of each draw in `{name}` add up to zero: their mean was taken away, and "
        "mu_slope with it.",
        PRIOR,
    ),
    "draws-sorted": (
        "The slopes of each draw in `{name}` are in order: sorted, a column is no group any more.",
        PRIOR,
    ),
    "draws-positive": (
        "No slope in `{name}` is negative, and half of the prior's are: was an absolute value "
        "taken, or were they thrown away?",
        PRIOR,
    ),
    "draws-reshaped": (
        "A row of `{name}` does not hold one draw's slopes: an array of shape ({n_groups}, draws) "
        "was cut into rows by reshape. It has to be turned: .T.",
        PRIOR,
    ),
    "draws-own-sigma": (
        "Each slope has a sigma_slope of its own: all of a draw's slopes must share one mu and one "
        "sigma.",
        PRIOR,
    ),
    "draws-rounded": (
        "The draws in `{name}` are rounded, which hides how close the slopes of a draw are: keep "
        "all digits.",
        PRIOR,
    ),
    "draws-mean": (
        "In these draws mu_slope has mean {mean} and sd {sd}; asked for is Normal(0, 1).",
        PRIOR,
    ),
    "draws-copied": (
        "The {n_groups} slopes of a draw are copies of one number: given mu and sigma they must "
        "be drawn independently.",
        PRIOR,
    ),
    "draws-fixed": (
        "All the draws share one mu_slope or one sigma_slope ({what}): each draw needs a pair of "
        "its own.",
        PRIOR,
    ),
    "draws-exchanged": (
        "mu and sigma have changed places: the slopes of a draw spread by about one, and lie "
        "around numbers of the size of 1/13.",
        PRIOR,
    ),
    "draws-apart": (
        "The slopes of a draw are unrelated: all of a draw's slopes must share one mu and one "
        "sigma.",
        PRIOR,
    ),
    "draws-scale": (
        "Within a draw your slopes spread as if sigma_slope were {alternative}; asked for is "
        "Exponential(13), a rate, with mean 1/13.",
        PRIOR,
    ),
    "draws-pair": (
        "Slopes {first} and {second} of a draw lie {how} than two of Normal(mu_slope, "
        "sigma_slope) do that know nothing of each other. Draw each group's offset by itself.",
        PRIOR,
    ),
    "draws-other": (
        "These draws do not follow the prior of this exercise: {statistic} is off (distance "
        "{distance:.3f}, where chance allows {allowed:.3f}).",
        PRIOR,
    ),
}
