# story: divides by 13 after naming the scale, not before
# test-build-non-centered: 0 slope:unscaled
# test-sample-non-centered: 0 model-wrong
# %% build-non-centered
def build_non_centered(groups, x, y):
    n_groups = int(groups.max()) + 1
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 1)
        offset = pm.Normal("offset", 0, 1, shape=n_groups)
        slope = pm.Deterministic("slope", mu_slope + sigma_slope / 13 * offset)
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", slope[groups] * x, noise, observed=y)
    return model
