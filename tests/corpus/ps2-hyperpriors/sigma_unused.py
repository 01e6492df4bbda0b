# story: a sigma_slope that nothing uses; the slopes have a constant sd
# test-build-slope-prior: 0 slope:sigma-unused
# test-draw-slopes: 0 draws-fixed
# test-prior-spread: 0 prior-not-used
# %% build-slope-prior
def build_slope_prior(n_groups):
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        slope = pm.Normal("slope", mu_slope, 0.1, shape=n_groups)
    return model
