# story: gives the Exponential to the precision
# base: released
# test-build-slope-prior: 0 scale:prior-of
# test-draw-slopes: 0 not-written
# test-prior-spread: 0 not-written
# %% build-slope-prior
def build_slope_prior(n_groups):
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        precision = pm.Exponential("precision", 13)
        sigma_slope = pm.Deterministic("sigma_slope", precision**-0.5)
        pm.Normal("slope", mu_slope, tau=precision, shape=n_groups)
    return model
