"""Models of a course author's own, by `pooling.checks.same_model`."""

MESSAGES: dict[str, tuple[str, str]] = {
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
}
