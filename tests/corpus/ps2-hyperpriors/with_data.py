# story: has the data in the model already
# base: released
# test-build-slope-prior: 0 prior-has-data
# test-draw-slopes: 0 not-written
# test-prior-spread: 0 not-written
# %% build-slope-prior
def build_slope_prior(n_groups):
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        slope = pm.Normal("slope", mu_slope, sigma_slope, shape=n_groups)
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", slope[groups % n_groups] * x, noise, observed=y)
    return model
