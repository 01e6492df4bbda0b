# story: computes the slopes and does not register them as a Deterministic
# test-build-non-centered: 0 missing-slope
# test-sample-non-centered: 0 model-wrong
# %% build-non-centered
def build_non_centered(groups, x, y):
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        z = pm.Normal("z", 0, 1, shape=int(groups.max()) + 1)
        slope = mu_slope + sigma_slope * z
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", slope[groups] * x, noise, observed=y)
    return model
