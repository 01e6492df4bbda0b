# story: the slopes get sigma_slope squared, a variance
# test-build-hierarchical: 0 slope:sigma-squared
# test-sample-hierarchical: 0 model-wrong
# test-outlier-shrinks: 0 model-wrong
# %% build-hierarchical
def build_hierarchical(groups, x, y):
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        slope = pm.Normal("slope", mu=mu_slope, sigma=sigma_slope**2, shape=len(np.unique(groups)))
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", mu=slope[groups] * x, sigma=noise, observed=y)
    return model
