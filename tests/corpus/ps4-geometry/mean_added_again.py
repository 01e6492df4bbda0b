# story: adds mu_slope in the likelihood once more
# base: released
# test-build-non-centered: 0 obs:mu-twice
# test-sample-non-centered: 0 not-written
# test-build-robust: 0 not-written
# test-prior-sensitivity: 0 not-written
# %% build-non-centered
def build_non_centered(groups, x, y):
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        offset = pm.Normal("offset", 0, 1, shape=int(groups.max()) + 1)
        slope = pm.Deterministic("slope", mu_slope + sigma_slope * offset)
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", (mu_slope + slope)[groups] * x, noise, observed=y)
    return model
