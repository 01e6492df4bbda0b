# story: non-centered, with offsets that kept the old sd of twenty
# test-build-hierarchical: 0 slope:offset-sd
# test-sample-hierarchical: 0 model-wrong
# test-outlier-shrinks: 0 model-wrong
# %% build-hierarchical
def build_hierarchical(groups, x, y):
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        offset = pm.Normal("offset", 0, 20, shape=int(groups.max()) + 1)
        slope = pm.Deterministic("slope", mu_slope + sigma_slope * offset)
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", slope[groups] * x, noise, observed=y)
    return model
