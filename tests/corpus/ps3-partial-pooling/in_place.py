# story: subtracts in place, so that the caller's arrays change
# test-measure-shrinkage: 1.5 function-changes
# %% measure-shrinkage
def shrinkage(unpooled, partial, population):
    gone = unpooled - partial
    unpooled -= population
    return gone / unpooled
