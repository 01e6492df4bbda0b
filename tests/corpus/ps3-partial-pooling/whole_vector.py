# story: hands in the means of all the groups; the shrinkage as a distance
# test-outlier-shrinks: 0 not-a-number
# test-measure-shrinkage: 0 share-distance
# %% outlier-shrinks
slope_7 = hierarchical_trace.posterior["slope"].mean(("chain", "draw"))
slope_7_hdi = az.hdi(hierarchical_trace, prob=0.94)["slope"][7]
# %% measure-shrinkage
def shrinkage(unpooled, partial, population):
    # how far it moved
    return np.abs(unpooled - partial)
