# story: subtracts in place, and reads what is no longer there
# test-measure-shrinkage: 0 share-in-place
# %% measure-shrinkage
def shrinkage(unpooled, partial, population):
    way = unpooled
    way -= population
    return (unpooled - partial) / way
