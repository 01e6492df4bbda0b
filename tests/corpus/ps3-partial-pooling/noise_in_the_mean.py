# story: takes y = slope * x + noise at its word
# test-build-hierarchical: 0 obs:noise-in-mean
# test-sample-hierarchical: 0 model-wrong
# test-outlier-shrinks: 0 model-wrong
# %% build-hierarchical
def build_hierarchical(groups, x, y):
    n_groups = int(groups.max()) + 1
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        slope = pm.Normal("slope", mu_slope, sigma_slope, shape=n_groups)
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", slope[groups] * x + noise, observed=y)
    return model
