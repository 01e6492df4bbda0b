# story: keeps the twenty as the sd of mu_slope
# test-build-slope-prior: 0 mu_slope:sd
# test-draw-slopes: 0 draws-mean
# %% build-slope-prior
def build_slope_prior(n_groups):
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 20)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        slope = pm.Normal("slope", mu_slope, sigma_slope, shape=n_groups)
    return model
