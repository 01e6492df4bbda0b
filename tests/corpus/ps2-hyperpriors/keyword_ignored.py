# story: Exponential(sigma=13); PyMC takes no notice of the keyword
# test-build-slope-prior: 0 scale:keyword-ignored
# test-draw-slopes: 0 draws-scale
# test-prior-spread: 0 prior-not-used
# %% build-slope-prior
def build_slope_prior(n_groups):
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", mu=0, sigma=1)
        sigma_slope = pm.Exponential("sigma_slope", sigma=13)
        pm.Normal("slope", mu=mu_slope, sigma=sigma_slope, shape=n_groups)
    return model
