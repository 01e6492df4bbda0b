# story: HalfNormal(13): "a scale must be positive, and 13 was in the text"
# test-build-slope-prior: 0 scale:half-normal
# test-draw-slopes: 0 draws-scale
# test-prior-spread: 0 prior-not-used
# %% build-slope-prior
def build_slope_prior(n_groups):
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.HalfNormal("sigma_slope", 13)
        pm.Normal("slope", mu_slope, sigma_slope, shape=n_groups)
    return model
