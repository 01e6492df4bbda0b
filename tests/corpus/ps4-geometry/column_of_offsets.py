# story: makes the offsets a column, so that a row of y meets a column of means
# test-build-non-centered: 0 obs:square
# test-sample-non-centered: 0 model-wrong
# %% build-non-centered
def build_non_centered(groups, x, y):
    n_groups = int(groups.max()) + 1
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        offset = pm.Normal("offset", 0, 1, shape=(n_groups, 1))
        slope = pm.Deterministic("slope", mu_slope + sigma_slope * offset)
        noise = pm.Exponential("noise", 10)
        everywhere = np.tile(y, (len(y), 1))
        pm.Normal("obs", slope[groups] * x, noise, observed=everywhere)
    return model
