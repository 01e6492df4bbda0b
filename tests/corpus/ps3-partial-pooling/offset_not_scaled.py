# story: non-centered, but the likelihood gets mu_slope + z without sigma_slope
# test-build-hierarchical: 0 obs:offset-not-scaled
# test-sample-hierarchical: 0 model-wrong
# test-outlier-shrinks: 0 model-wrong
# %% build-hierarchical
def build_hierarchical(groups, x, y):
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        z = pm.Normal("z", 0, 1, shape=int(groups.max()) + 1)
        slope = pm.Deterministic("slope", mu_slope + z * sigma_slope)
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", (mu_slope + z)[groups] * x, noise, observed=y)
    return model
