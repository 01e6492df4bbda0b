# story: wants a mean of 1/13 and writes Exponential(1/13)
# test-build-slope-prior: 0 scale:rate-is-scale
# test-draw-slopes: 0 draws-scale
# test-prior-spread: 0 prior-not-used
# %% build-slope-prior
def build_slope_prior(n_groups):
    with pm.Model(coords={"group": range(n_groups)}) as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 1 / 13)
        pm.Normal("slope", mu_slope, sigma_slope, dims="group")
    return model
