# story: a half-Cauchy, which a paper recommends for scales
# base: released
# test-build-slope-prior: 0 scale:half-cauchy
# test-draw-slopes: 0 not-written
# test-prior-spread: 0 not-written
# %% build-slope-prior
def build_slope_prior(n_groups):
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.HalfCauchy("sigma_slope", beta=1)
        slope = pm.Normal("slope", mu_slope, sigma_slope, shape=n_groups)
    return model
