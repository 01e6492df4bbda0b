# story: draws an offset for each row
# test-build-non-centered: 0 slope-each-row
# test-sample-non-centered: 0 model-wrong
# %% build-non-centered
def build_non_centered(groups, x, y):
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        offset = pm.Normal("offset", 0, 1, shape=len(groups))
        slope = pm.Deterministic("slope", mu_slope + sigma_slope * offset)
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", slope * x, noise, observed=y)
    return model
