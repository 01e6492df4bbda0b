# story: defines the hyperpriors and leaves Normal(0, 20) as it was
# test-build-slope-prior: 0 slope:hyperpriors-unused
# test-draw-slopes: 0 draws-fixed
# test-prior-spread: 0 apart-other
# %% build-slope-prior
def build_slope_prior(n_groups):
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        slope = pm.Normal("slope", 0, 20, shape=n_groups)
    return model
# %% draw-slopes
prior_slopes = pm.draw(build_slope_prior(8)["slope"], draws=100_000, random_seed=1)
