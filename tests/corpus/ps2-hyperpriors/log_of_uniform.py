# story: the exponential by inversion: minus the log of a uniform, over 13
# %% build-slope-prior
def build_slope_prior(n_groups):
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        u = pm.Uniform("u", 0, 1)
        sigma_slope = pm.Deterministic("sigma_slope", -pm.math.log(u) / 13)
        pm.Normal("slope", mu_slope, sigma_slope, shape=n_groups)
    return model
