# story: looks x up by the group as well
# test-build-hierarchical: 0 obs:x-indexed
# test-sample-hierarchical: 0 model-wrong
# test-outlier-shrinks: 0 model-wrong
# %% build-hierarchical
def build_hierarchical(groups, x, y):
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        slope = pm.Normal("slope", mu_slope, sigma_slope, shape=int(groups.max()) + 1)
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", (slope * x[: groups.max() + 1])[groups], noise, observed=y)
    return model
