# story: the noise's rate of ten taken for its mean
# test-build-hierarchical: 0 scale:rate-is-scale
# test-sample-hierarchical: 0 model-wrong
# test-outlier-shrinks: 0 model-wrong
# %% build-hierarchical
def build_hierarchical(groups, x, y):
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", lam=13)
        slope = pm.Normal("slope", mu_slope, sigma_slope, shape=int(groups.max()) + 1)
        noise = pm.Exponential("noise", scale=10)
        pm.Normal("obs", slope[groups] * x, noise, observed=y)
    return model
