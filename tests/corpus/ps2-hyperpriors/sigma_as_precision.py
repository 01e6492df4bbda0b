# story: passes sigma_slope as a precision, and goes no further
# base: released
# test-build-slope-prior: 0 slope:sigma-precision
# test-draw-slopes: 0 not-written
# test-prior-spread: 0 not-written
# %% build-slope-prior
def build_slope_prior(n_groups):
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        pm.Normal("slope", mu=mu_slope, tau=sigma_slope, shape=n_groups)
    return model
