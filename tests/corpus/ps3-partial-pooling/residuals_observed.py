# story: observes what is left of y
# test-build-hierarchical: 0 observed-random
# test-sample-hierarchical: 0 cell-raised
# test-outlier-shrinks: 0 cell-raised
# %% build-hierarchical
def build_hierarchical(groups, x, y):
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        slope = pm.Normal("slope", mu_slope, sigma_slope, shape=int(groups.max()) + 1)
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", 0, noise, observed=y - slope[groups] * x)
    return model
