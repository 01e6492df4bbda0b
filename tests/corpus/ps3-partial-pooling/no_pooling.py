# story: the unpooled model handed in as the hierarchical one
# test-build-hierarchical: 0 no-hyperpriors
# test-sample-hierarchical: 0 model-wrong
# test-outlier-shrinks: 0 no-shrinkage
# %% build-hierarchical
def build_hierarchical(groups, x, y):
    with pm.Model() as model:
        slope = pm.Normal("slope", 0, 20, shape=int(groups.max()) + 1)
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", slope[groups] * x, noise, observed=y)
    return model
