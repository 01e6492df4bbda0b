"""Numbers that are read off a trace."""

from pooling.checks.diagnosis.messages.pages import NO_POOLING, PARTIAL_POOLING

MESSAGES: dict[str, tuple[str, str]] = {
    "no-shrinkage": (
        "Group {group} has not moved: {value:.2f}. That is the unpooled slope.",
        PARTIAL_POOLING,
    ),
    "distance-moved": (
        "`{name}` is {value}: that is how far the slope has moved. Asked for is where it is now.",
        PARTIAL_POOLING,
    ),
    "no-such-group": (
        "There is no group {value}: the groups are numbered from 0 to {last}.",
        NO_POOLING,
    ),
    "wrong-group": (
        "Group {value} is not the one whose slope stands apart: look at the forest plot again.",
        NO_POOLING,
    ),
    "not-a-number": ("`{name}` must be {asked}; it is {value}.", NO_POOLING),
    "not-from-trace": (
        "`{name}` is {value}; your own trace gives {own}.",
        NO_POOLING,
    ),
    "other-statistic": (
        "`{name}` is {value}, which is {what}; asked for is {asked} of group {group}'s slope.",
        NO_POOLING,
    ),
    "interval-reversed": (
        "`{name}` has its ends in the wrong order: asked for is the pair (low, high).",
        NO_POOLING,
    ),
    "interval-width": (
        "`{name}` holds the low end and the width; asked for are both ends, (low, high).",
        NO_POOLING,
    ),
    "interval-center": (
        "`{name}` holds the center and the half-width; asked for are the ends, (low, high).",
        NO_POOLING,
    ),
    "other-prob": (
        "`{name}` is the {prob} % interval; asked for is 94 % (az.hdi(..., prob=0.94)).",
        NO_POOLING,
    ),
    "equal-tailed": (
        "`{name}` leaves 3 % of the draws out on each side; asked for is the HDI, the shortest "
        "interval that holds 94 %.",
        NO_POOLING,
    ),
    "other-slope": ("`{name}` is {value}, the number of group {group}.", NO_POOLING),
}
