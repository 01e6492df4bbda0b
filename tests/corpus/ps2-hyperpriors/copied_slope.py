# story: one slope drawn and copied, and the wrong way around counted
# test-build-slope-prior: 0 slope-scalar
# test-draw-slopes: 0 draws-copied
# test-prior-spread: 0 prior-not-used
# %% build-slope-prior
def build_slope_prior(n_groups):
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        pm.Normal("slope", mu_slope, sigma_slope)
    return model
# %% draw-slopes
prior_slopes = np.repeat(pm.draw(build_slope_prior(8)["slope"], draws=4000)[:, None], 8, axis=1)
# %% prior-spread
p_apart = (abs(prior_slopes[:, 0] - prior_slopes[:, 1]) > 0.5).mean()
