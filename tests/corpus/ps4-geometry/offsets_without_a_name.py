# story: makes the offsets by .dist, outside the model
# test-build-non-centered: 0 not-registered
# test-sample-non-centered: 0 cell-raised
# %% build-non-centered
def build_non_centered(groups, x, y):
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        offset = pm.Normal.dist(0, 1, shape=int(groups.max()) + 1)
        slope = pm.Deterministic("slope", mu_slope + sigma_slope * offset)
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", slope[groups] * x, noise, observed=y)
    return model
