# story: the two hyperpriors exchanged; nothing complains of a negative sd
# test-build-slope-prior: 0 hyperpriors-exchanged
# test-draw-slopes: 0 draws-exchanged
# test-prior-spread: 0 prior-not-used
# %% build-slope-prior
def build_slope_prior(n_groups):
    with pm.Model() as model:
        mu_slope = pm.Exponential("mu_slope", 13)
        sigma_slope = pm.Normal("sigma_slope", 0, 1)
        pm.Normal("slope", mu_slope, sigma_slope, shape=n_groups)
    return model
