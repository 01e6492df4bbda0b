# story: HalfNormal(1/13), a favorite from another course
# test-build-slope-prior: 0 scale:half-normal
# test-draw-slopes: 0 draws-scale
# test-prior-spread: 0 prior-not-used
# %% build-slope-prior
def build_slope_prior(n_groups):
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.HalfNormal("sigma_slope", sigma=1 / 13)
        slope = pm.Normal("slope", mu_slope, sigma_slope, shape=n_groups)
    return model
# %% draw-slopes
prior_slopes = pm.draw(build_slope_prior(8)["slope"], draws=50_000, random_seed=9)
