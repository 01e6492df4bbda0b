# story: prints the share and returns nothing
# base: released
# test-measure-shrinkage: 0 function-returns-nothing
# test-build-hierarchical: 0 not-written
# test-sample-hierarchical: 0 not-written
# test-outlier-shrinks: 0 not-written
# %% measure-shrinkage
def shrinkage(unpooled, partial, population):
    print((unpooled - partial) / (unpooled - population))
