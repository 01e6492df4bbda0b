# story: sigma_slope is a plain number
# test-build-hierarchical: 0 missing-sigma_slope
# test-sample-hierarchical: 0 model-wrong
# test-outlier-shrinks: 0 model-wrong
# %% build-hierarchical
def build_hierarchical(groups, x, y):
    sigma_slope = 1 / 13
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        slope = pm.Normal("slope", mu_slope, sigma_slope, shape=int(groups.max()) + 1)
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", slope[groups] * x, noise, observed=y)
    return model
