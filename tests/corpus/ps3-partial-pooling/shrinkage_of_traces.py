# story: a shrinkage function that only works on traces
# test-measure-shrinkage: 0 function-raised
# %% measure-shrinkage
def shrinkage(unpooled, partial, population):
    u = unpooled.posterior["slope"].mean(("chain", "draw"))
    p = partial.posterior["slope"].mean(("chain", "draw"))
    m = population.posterior["mu_slope"].mean()
    return (u - p) / (u - m)
