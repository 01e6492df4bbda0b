# story: takes the offsets' own mean away, and divides by their own sd
# base: released
# test-build-non-centered: 0 slope:standardized
# test-sample-non-centered: 0 not-written
# test-build-robust: 0 not-written
# test-prior-sensitivity: 0 not-written
# %% build-non-centered
def build_non_centered(groups, x, y):
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        offset = pm.Normal("offset", 0, 1, shape=int(groups.max()) + 1)
        offset = (offset - offset.mean()) / offset.std()
        slope = pm.Deterministic("slope", mu_slope + sigma_slope * offset)
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", slope[groups] * x, noise, observed=y)
    return model
