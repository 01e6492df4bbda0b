# story: types in two, without looking at the trace
# test-outlier-shrinks: 0 not-from-trace
# test-measure-shrinkage: 0 share-sign
# %% outlier-shrinks
slope_7 = 2.0
slope_7_hdi = (1.7, 2.3)
# %% measure-shrinkage
def shrinkage(unpooled, partial, population):
    return (partial - unpooled) / (unpooled - population)
