# story: averages the shrinkage over the groups
# test-measure-shrinkage: 0 function-shape
# %% measure-shrinkage
def shrinkage(unpooled, partial, population):
    share = (np.asarray(unpooled) - partial) / (np.asarray(unpooled) - population)
    return float(np.mean(share))
