"""The function that measures shrinkage."""

from pooling.checks.diagnosis.messages.pages import WHY_IT_SHRINKS

MESSAGES: dict[str, tuple[str, str]] = {
    "function-raised": ("`{name}` raised {detail}", WHY_IT_SHRINKS),
    "function-returns-nothing": ("`{name}` returns nothing: end it with `return`.", WHY_IT_SHRINKS),
    "function-changes": (
        "The share is right, but `{name}` changed the arrays it was given: -= works in place, and "
        "whoever called it has lost them. Make new ones.",
        WHY_IT_SHRINKS,
    ),
    "function-shape": (
        "`{name}` must return a number for numbers and an array for arrays; {detail}",
        WHY_IT_SHRINKS,
    ),
    "share-left": (
        "That is the share of the way that is left: a slope that has not moved must get 0, one "
        "that has moved all the way 1.",
        WHY_IT_SHRINKS,
    ),
    "share-sign": (
        "The sign is turned around: moving toward the population is positive.",
        WHY_IT_SHRINKS,
    ),
    "share-of-rest": (
        "You divided by what is left of the way, from partial to population; the whole way goes "
        "from unpooled to population.",
        WHY_IT_SHRINKS,
    ),
    "share-two": ("You took {value} for the population's slope; use the argument.", WHY_IT_SHRINKS),
    "share-arguments": (
        "That would be the share, were the arguments in another order: they are {asked}.",
        WHY_IT_SHRINKS,
    ),
    "share-parentheses": (
        "Parentheses are missing: without them only what stands next to the / is divided. Both "
        "differences need a pair.",
        WHY_IT_SHRINKS,
    ),
    "share-in-place": (
        "For numbers the share is right. But arrays are changed while `{name}` works on them: -= "
        "works in place, and what is read afterwards is no longer what was given.",
        WHY_IT_SHRINKS,
    ),
    "share-whole": (
        "For numbers the share is right; for arrays it is cut to whole numbers. np.vectorize takes "
        "its type from the first result: let that be 0.0 and not 0, or do without it.",
        WHY_IT_SHRINKS,
    ),
    "share-whole-arrays": (
        "The share is right, and that earns half. But given arrays of whole numbers it cuts shares "
        "to whole numbers: the result takes the type of an argument. Let it be float.",
        WHY_IT_SHRINKS,
    ),
    "share-own-mean": (
        "You measure the way to the mean of `partial`; it goes to the argument `population`.",
        WHY_IT_SHRINKS,
    ),
    "share-absolute-way": (
        "You took the absolute value of the whole way, and not of the way gone: for slopes below "
        "the population's the sign is wrong. Without absolute values both have the same sign.",
        WHY_IT_SHRINKS,
    ),
    "share-for-arrays": (
        "For numbers the share is right; for arrays it is {value} where {expected} is expected.",
        WHY_IT_SHRINKS,
    ),
    "share-squared": ("That is the square of the share of the way.", WHY_IT_SHRINKS),
    "share-inverse": ("The fraction is upside down: the whole way belongs below.", WHY_IT_SHRINKS),
    "share-absolute": (
        "You took absolute values: a slope that moves away from the population has a negative "
        "share, one that overshoots a share above 1.",
        WHY_IT_SHRINKS,
    ),
    "share-of-distances": (
        "You compared distances from the population without their signs: a slope that overshoots "
        "it has a share above 1.",
        WHY_IT_SHRINKS,
    ),
    "share-of-squares": (
        "You compared squared distances, as variances are compared; asked for is a share of the "
        "way itself.",
        WHY_IT_SHRINKS,
    ),
    "share-distance": (
        "That is a distance; asked for is the share of the whole way from unpooled to population.",
        WHY_IT_SHRINKS,
    ),
    "share-clipped": (
        "You cut the share off at 0 and 1: a slope that moves away from the population has a "
        "negative share, one that overshoots a share above 1.",
        WHY_IT_SHRINKS,
    ),
    "share-percent": (
        "That is a percentage; asked for is a share: 1 for the whole way.",
        WHY_IT_SHRINKS,
    ),
    "share-of-unpooled": (
        "You divided by the unpooled slope: the whole way goes from there to the population, not "
        "to zero.",
        WHY_IT_SHRINKS,
    ),
    "share-wrong": (
        "For unpooled {unpooled}, partial {partial} and population {population} your function "
        "gives {value}; the share of the way is {expected}.",
        WHY_IT_SHRINKS,
    ),
}
