# story: takes partial for the first argument
# base: released
# test-measure-shrinkage: 0 share-arguments
# test-build-hierarchical: 0 not-written
# test-sample-hierarchical: 0 not-written
# test-outlier-shrinks: 0 not-written
# %% measure-shrinkage
def shrinkage(partial, unpooled, population):
    return (unpooled - partial) / (unpooled - population)
