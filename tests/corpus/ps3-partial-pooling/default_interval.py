# story: right numbers, but the interval is ArviZ's default one
# test-outlier-shrinks: 0 other-prob
# test-measure-shrinkage: 0 share-inverse
# %% outlier-shrinks
slope_7 = hierarchical_trace.posterior["slope"].mean(("chain", "draw")).values[7]
slope_7_hdi = az.hdi(hierarchical_trace)["slope"].values[7]
# %% measure-shrinkage
def shrinkage(unpooled, partial, population):
    whole = unpooled - population
    moved = unpooled - partial
    return whole / moved
