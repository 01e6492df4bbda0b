# story: measures distances from the population without their signs
# test-measure-shrinkage: 0 share-of-distances
# %% measure-shrinkage
def shrinkage(unpooled, partial, population):
    before = np.abs(unpooled - population)
    after = np.abs(partial - population)
    return 1 - after / before
