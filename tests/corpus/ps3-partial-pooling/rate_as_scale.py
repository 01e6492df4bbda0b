# story: Exponential(1/13), a mean taken for a rate: group 7 does not shrink
# test-build-hierarchical: 0 scale:rate-is-scale
# test-sample-hierarchical: 0 model-wrong
# test-outlier-shrinks: 0 model-wrong
# %% build-hierarchical
def build_hierarchical(groups, x, y):
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 1 / 13)
        slope = pm.Normal("slope", mu_slope, sigma_slope, shape=int(groups.max()) + 1)
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", slope[groups] * x, noise, observed=y)
    return model
# %% outlier-shrinks
slope_7 = 2.0
slope_7_hdi = (1.9, 2.1)
