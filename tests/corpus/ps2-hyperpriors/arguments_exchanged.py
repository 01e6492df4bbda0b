# story: right hyperpriors, but the slopes get them in the wrong order
# base: released
# test-build-slope-prior: 0 slope:hyperpriors-swapped
# test-draw-slopes: 0 not-written
# test-prior-spread: 0 not-written
# %% build-slope-prior
def build_slope_prior(n_groups):
    with pm.Model() as model:
        sigma_slope = pm.Exponential("sigma_slope", 13)
        mu_slope = pm.Normal("mu_slope", 0, 1)
        pm.Normal("slope", sigma_slope, mu_slope, shape=n_groups)
    return model
