# story: draws the offsets with NumPy
# base: released
# test-build-non-centered: 0 offsets-fixed
# test-sample-non-centered: 0 not-written
# test-build-robust: 0 not-written
# test-prior-sensitivity: 0 not-written
# %% build-non-centered
def build_non_centered(groups, x, y):
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        offset = np.random.default_rng(1).standard_normal(int(groups.max()) + 1)
        slope = pm.Deterministic("slope", mu_slope + sigma_slope * offset)
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", slope[groups] * x, noise, observed=y)
    return model
