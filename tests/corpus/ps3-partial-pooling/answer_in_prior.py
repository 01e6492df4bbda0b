# story: the answer written into the prior: mu_slope ~ Normal(2, 0.01)
# test-build-hierarchical: 0 mu_slope:mean-2
# test-sample-hierarchical: 0 model-wrong
# test-outlier-shrinks: 0 model-wrong
# test-measure-shrinkage: 0 share-left
# %% build-hierarchical
def build_hierarchical(groups, x, y):
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 2, 0.01)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        slope = pm.Normal("slope", mu_slope, sigma_slope, shape=int(groups.max()) + 1)
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", slope[groups] * x, noise, observed=y)
    return model
# %% measure-shrinkage
def shrinkage(unpooled, partial, population):
    return (partial - population) / (unpooled - population)
