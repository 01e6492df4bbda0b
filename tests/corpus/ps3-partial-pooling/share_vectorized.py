# story: returns 0 for a slope that stays, and NumPy makes whole numbers of all the others
# test-measure-shrinkage: 0 share-whole
# %% measure-shrinkage
@np.vectorize
def shrinkage(unpooled, partial, population):
    if partial == unpooled:
        return 0
    return (unpooled - partial) / (unpooled - population)
