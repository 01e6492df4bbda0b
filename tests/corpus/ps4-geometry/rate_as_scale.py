# story: non-centered, with the rate and the mean of sigma_slope mixed up
# test-build-non-centered: 0 scale:rate-is-scale
# test-sample-non-centered: 0 model-wrong
# %% build-non-centered
def build_non_centered(groups, x, y):
    n_groups = int(groups.max()) + 1
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", scale=13)
        z = pm.Normal("z", 0, 1, shape=n_groups)
        slope = pm.Deterministic("slope", mu_slope + sigma_slope * z)
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", mu=slope[groups] * x, sigma=noise, observed=y)
    return model
