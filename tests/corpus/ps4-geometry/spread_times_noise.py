# story: multiplies the slopes' spread by the noise
# base: released
# test-build-non-centered: 0 slope:depends
# test-sample-non-centered: 0 not-written
# test-build-robust: 0 not-written
# test-prior-sensitivity: 0 not-written
# %% build-non-centered
def build_non_centered(groups, x, y):
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        noise = pm.Exponential("noise", 10)
        offset = pm.Normal("offset", 0, 1, shape=int(groups.max()) + 1)
        slope = pm.Deterministic("slope", mu_slope + sigma_slope * noise * offset)
        pm.Normal("obs", slope[groups] * x, noise, observed=y)
    return model
