# story: lets the slopes of any two groups be correlated
# test-build-hierarchical: 0 slope:correlated
# test-sample-hierarchical: 0 model-wrong
# test-outlier-shrinks: 0 model-wrong
# %% build-hierarchical
def build_hierarchical(groups, x, y):
    n_groups = int(groups.max()) + 1
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        correlation = 0.5 * np.eye(n_groups) + 0.5
        slope = pm.MvNormal(
            "slope", mu_slope * np.ones(n_groups), cov=sigma_slope**2 * correlation
        )
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", slope[groups] * x, noise, observed=y)
    return model
