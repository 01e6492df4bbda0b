# story: renames the model and forgets to change the likelihood
# test-build-robust: 0 obs:normal-kept
# %% build-robust
def build_robust(groups, x, y):
    with pm.Model() as robust_model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        slope = pm.Normal("slope", mu_slope, sigma_slope, shape=int(groups.max()) + 1)
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", slope[groups] * x, noise, observed=y)
    return robust_model
