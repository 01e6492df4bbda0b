# story: leaves the parentheses out
# base: released
# test-build-hierarchical: 0 not-written
# test-sample-hierarchical: 0 not-written
# test-outlier-shrinks: 0 not-written
# test-measure-shrinkage: 0 share-parentheses
# %% measure-shrinkage
def shrinkage(unpooled, partial, population):
    return unpooled - partial / unpooled - population
