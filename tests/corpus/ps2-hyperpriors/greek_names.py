# story: calls the hyperparameters mu and tau
# base: released
# test-build-slope-prior: 0 hyperpriors-named
# test-draw-slopes: 0 not-written
# test-prior-spread: 0 not-written
# %% build-slope-prior
def build_slope_prior(n_groups):
    with pm.Model() as model:
        mu = pm.Normal("mu", 0, 1)
        tau = pm.Exponential("tau", 13)
        pm.Normal("slope", mu, tau, shape=n_groups)
    return model
