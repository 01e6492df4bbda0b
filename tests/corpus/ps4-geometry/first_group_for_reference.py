# story: makes the first group the reference: its slope is mu_slope
# test-build-non-centered: 0 slope:reference
# test-sample-non-centered: 0 model-wrong
# %% build-non-centered
def build_non_centered(groups, x, y):
    n_groups = int(groups.max()) + 1
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        offset = pm.Normal("offset", 0, 1, shape=n_groups - 1)
        offsets = pm.math.concatenate([np.zeros(1), offset])
        slope = pm.Deterministic("slope", mu_slope + sigma_slope * offsets)
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", slope[groups] * x, noise, observed=y)
    return model
