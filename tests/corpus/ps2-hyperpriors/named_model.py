# story: gives the model a name, which is put before those of its variables
# test-build-slope-prior: 0 names-prefixed
# %% build-slope-prior
def build_slope_prior(n_groups):
    with pm.Model(name="prior") as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        pm.Normal("slope", mu_slope, sigma_slope, shape=n_groups)
    return model
