# story: reports the scaled slopes; the likelihood gets the offsets without sigma_slope
# test-build-non-centered: 0 obs:offset-not-scaled
# test-sample-non-centered: 0 model-wrong
# %% build-non-centered
def build_non_centered(groups, x, y):
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        raw = pm.Normal("raw", 0, 1, shape=int(groups.max()) + 1)
        pm.Deterministic("slope", mu_slope + sigma_slope * raw)
        noise = pm.Exponential("noise", 10)
        slope = mu_slope + raw
        pm.Normal("obs", slope[groups] * x, noise, observed=y)
    return model
