# story: computes mu_slope and sigma_slope from the slopes
# test-build-slope-prior: 0 hyper-from-slopes
# test-draw-slopes: 0 draws-apart
# test-prior-spread: 0 apart-other
# %% build-slope-prior
def build_slope_prior(n_groups):
    with pm.Model() as model:
        slope = pm.Normal("slope", 0, 1, shape=n_groups)
        pm.Deterministic("mu_slope", slope.mean())
        pm.Deterministic("sigma_slope", slope.std())
    return model
