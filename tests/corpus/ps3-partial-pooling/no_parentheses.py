# story: leaves the parentheses out
# base: released
# test-measure-shrinkage: 0 share-parentheses
# test-build-hierarchical: 0 not-written
# test-sample-hierarchical: 0 not-written
# test-outlier-shrinks: 0 not-written
# %% measure-shrinkage
def shrinkage(unpooled, partial, population):
    return unpooled - partial / unpooled - population
