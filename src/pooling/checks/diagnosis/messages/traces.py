"""A trace that is none, or not the model's own, or a run that is not good enough."""

from pooling.checks.diagnosis.messages.pages import GEOMETRY, NO_POOLING, PARTIAL_POOLING, TRUST

MESSAGES: dict[str, tuple[str, str]] = {
    "not-a-trace": (
        "`{name}` must be what pm.sample returned; it is a {detail}. A single point, or an array "
        "of numbers, is not a posterior.",
        NO_POOLING,
    ),
    "trace-missing-slope": ("This trace has no `slope`; it has {detail}.", NO_POOLING),
    "trace-missing-noise": ("This trace has no `noise`; it has {detail}.", NO_POOLING),
    "trace-missing-mu_slope": (
        "This trace has no mu_slope: it comes from the unpooled model.",
        PARTIAL_POOLING,
    ),
    "trace-missing-sigma_slope": (
        "This trace has no sigma_slope: it does not come from the hierarchical model.",
        PARTIAL_POOLING,
    ),
    "trace-shape": ("The trace's draws have an unexpected shape: {detail}.", NO_POOLING),
    "trace-groups": (
        "The trace has {found} slopes a draw; there are {n_groups} groups.",
        NO_POOLING,
    ),
    "trace-not-finite": ("The trace holds NaN or infinite draws of {detail}.", NO_POOLING),
    "drawn-by-hand": (
        "`{name}` carries no sampler statistics: these numbers were not made by pm.sample from "
        "your model.",
        PARTIAL_POOLING,
    ),
    "variational": (
        "One chain without sampler statistics: `{name}` is a variational approximation (pm.fit) "
        "or the like, not what pm.sample returns.",
        PARTIAL_POOLING,
    ),
    "prior-draws": (
        "`{name}` holds draws from the prior: they have not seen y. Use pm.sample.",
        PARTIAL_POOLING,
    ),
    "point-estimate": (
        "`{name}` is a single point, as pm.find_MAP gives it. A point is not a posterior: use "
        "pm.sample.",
        NO_POOLING,
    ),
    "posterior-only": (
        "`{name}` is one group of a trace ({detail}). Keep all that pm.sample returned: its "
        "sampler's statistics are looked at too.",
        PARTIAL_POOLING,
    ),
    "unpooled-trace": (
        "This trace has no mu_slope: it is the unpooled fit.",
        PARTIAL_POOLING,
    ),
    "draws-deleted": (
        "Draws were taken out of this trace: their numbers have gaps. If it was the divergent "
        "ones, that hides the bias and does not remove it, for the sampler still misses the places "
        "where it diverges. Hand in all that one run gives.",
        PARTIAL_POOLING,
    ),
    "not-sampled": (
        "These draws were not made by sampling this model: the log density that the sampler "
        "noted down is not the model's own at the draws. Do they come from another model, or were "
        "they changed afterwards?",
        PARTIAL_POOLING,
    ),
    "model-wrong": (
        "The trace belongs to a model that is not the one asked. {reason}",
        PARTIAL_POOLING,
    ),
    "still-centered": (
        "The joint distribution is right, and earns half. But `{name}` is still drawn with "
        "sigma_slope as its sd, which is the centered form: draw standard normal offsets, and "
        "make the slopes of them.",
        GEOMETRY,
    ),
    "centered-trace": (
        "Right model, but the trace is that of a centered one: its sampler drew the slopes "
        "themselves, and no offsets. Sample the model that you hand in.",
        PARTIAL_POOLING,
    ),
    "stale": (
        "Right model, but the trace is no run of it as it stands: it comes from another version, "
        "or its draws were changed afterwards. Run the sampling cell again, and leave the draws as "
        "they are.",
        PARTIAL_POOLING,
    ),
    "repacked": (
        "Right model, but `{name}` is not the object that pm.sample returned, and has {draws} "
        "draws a chain: were some taken out, divergent ones perhaps? That hides where the sampler "
        "could not go, and mends nothing. Hand in the whole run as it is.",
        TRUST,
    ),
    "no-record": (
        "Right model, and the draws in `{name}` may be its own. But the log density that a sampler "
        "notes down at each draw (lp) is not there, so that nothing ties them to your model. Hand "
        "in all that pm.sample returned.",
        TRUST,
    ),
    "chains-alike": (
        "Right model, but chains {first} and {second} hold the same draws, so that comparing "
        "chains says nothing. Give each run a random_seed of its own, or let one call of pm.sample "
        "draw all the chains.",
        TRUST,
    ),
    "one-step-size": (
        "Right model, but all {chains} chains have one step size, to the last digit. Chains are "
        "tuned apart; these are pieces of a single one, or were never tuned. Let pm.sample draw "
        "four.",
        TRUST,
    ),
    "one-chain": ("Right model, but one chain: R-hat compares chains. Use chains=4.", TRUST),
    "divergences": (
        "Right model, but {count} of {draws} draws diverged: these draws miss where sigma_slope "
        "is small. Raise target_accept (0.995), go non-centered, or run it again with another "
        "random_seed.",
        GEOMETRY,
    ),
    "r-hat": (
        "Right model, but the chains disagree (R-hat {value:.2f} for `{name}`, should be near 1). "
        "Run it again with another random_seed, draw more, or raise target_accept.",
        TRUST,
    ),
    "low-ess": (
        "Right model, but its draws of `{name}` are worth only {value:.0f} independent ones. "
        "{advice}",
        TRUST,
    ),
    "off-target": (
        "Right model, but these draws of `{name}` are farther from its exact posterior than "
        "chance explains. Draw more, or raise target_accept, and run again.",
        TRUST,
    ),
}
