# story: no shape: one slope in the model, and one in every draw
# test-build-slope-prior: 0 slope-scalar
# test-draw-slopes: 0 draws-shape
# test-prior-spread: 0 cell-raised
# %% build-slope-prior
def build_slope_prior(n_groups):
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        slope = pm.Normal("slope", mu_slope, sigma_slope)
    return model
