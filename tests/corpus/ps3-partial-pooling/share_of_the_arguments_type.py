# story: writes the shares into an array of the argument's type
# test-measure-shrinkage: 1.5 share-whole-arrays
# %% measure-shrinkage
def shrinkage(unpooled, partial, population):
    share = np.zeros_like(unpooled)
    share[...] = (np.asarray(unpooled) - partial) / (np.asarray(unpooled) - population)
    return share
