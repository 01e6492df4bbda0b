# story: one mu a draw, but a new sigma for each slope
# base: released
# test-draw-slopes: 0 draws-own-sigma
# test-build-slope-prior: 0 not-written
# test-prior-spread: 0 not-written
# %% draw-slopes
rng = np.random.default_rng(1)
mu_slope = rng.normal(0, 1, size=(20_000, 1))
sigma_slope = rng.exponential(1 / 13, size=(20_000, 8))
prior_slopes = rng.normal(mu_slope, sigma_slope)
