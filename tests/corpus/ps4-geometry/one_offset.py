# story: non-centered with a single offset
# test-build-non-centered: 0 offset-shared
# test-sample-non-centered: 0 model-wrong
# %% build-non-centered
def build_non_centered(groups, x, y):
    with pm.Model(coords={"group": range(groups.max() + 1)}) as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        offset = pm.Normal("offset", 0, 1)
        ones = np.ones(groups.max() + 1)
        slope = pm.Deterministic("slope", mu_slope + sigma_slope * offset * ones, dims="group")
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", slope[groups] * x, noise, observed=y)
    return model
