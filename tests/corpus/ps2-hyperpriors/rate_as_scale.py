# story: 13 taken for the mean of the exponential
# test-build-slope-prior: 0 scale:rate-is-scale
# test-draw-slopes: 0 draws-scale
# test-prior-spread: 0 prior-not-used
# %% build-slope-prior
def build_slope_prior(n_groups):
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", scale=13)
        pm.Normal("slope", mu_slope, sigma_slope, shape=n_groups)
    return model
