# story: relates the way gone to the slope instead of to the whole way
# test-measure-shrinkage: 0 share-of-unpooled
# %% measure-shrinkage
def shrinkage(unpooled, partial, population):
    return (unpooled - partial) / unpooled
