# story: writes 8 where n_groups belongs
# test-build-slope-prior: 0 groups-typed
# %% build-slope-prior
def build_slope_prior(n_groups=8):
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        slope = pm.Normal("slope", mu_slope, sigma_slope, shape=8)
    return model
