# story: a common intercept beside the slopes
# test-build-hierarchical: 0 intercept
# test-sample-hierarchical: 0 model-wrong
# test-outlier-shrinks: 0 model-wrong
# %% build-hierarchical
def build_hierarchical(groups, x, y):
    with pm.Model() as model:
        a = pm.Normal("a", 0, 1)
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        slope = pm.Normal("slope", mu_slope, sigma_slope, shape=int(groups.max()) + 1)
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", a + slope[groups] * x, noise, observed=y)
    return model
