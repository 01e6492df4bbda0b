# story: compares squares, as for a share of variance
# test-measure-shrinkage: 0 share-of-squares
# %% measure-shrinkage
def shrinkage(unpooled, partial, population):
    return 1 - ((partial - population) / (unpooled - population)) ** 2
