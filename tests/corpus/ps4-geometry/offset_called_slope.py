# story: calls the offset slope
# test-build-non-centered: 0 slope:is-offset
# test-sample-non-centered: 0 model-wrong
# %% build-non-centered
def build_non_centered(groups, x, y):
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        slope = pm.Normal("slope", 0, 1, shape=int(groups.max()) + 1)
        slope_t = pm.Deterministic("slope_transformed", mu_slope + sigma_slope * slope)
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", slope_t[groups] * x, noise, observed=y)
    return model
