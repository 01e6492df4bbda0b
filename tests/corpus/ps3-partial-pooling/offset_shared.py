# story: non-centered, but one offset does for all the groups
# test-build-hierarchical: 0 offset-shared
# test-sample-hierarchical: 0 model-wrong
# test-outlier-shrinks: 0 model-wrong
# %% build-hierarchical
def build_hierarchical(groups, x, y):
    n = int(groups.max()) + 1
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        z = pm.Normal("z", 0, 1)
        slope = pm.Deterministic("slope", (mu_slope + sigma_slope * z) * np.ones(n))
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", slope[groups] * x, noise, observed=y)
    return model
