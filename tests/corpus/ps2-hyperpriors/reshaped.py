# story: cuts the array into rows of eight where it should be turned
# base: released
# test-draw-slopes: 0 draws-reshaped
# test-build-slope-prior: 0 not-written
# test-prior-spread: 0 not-written
# %% draw-slopes
rng = np.random.default_rng(1)
mu_slope = rng.normal(0, 1, size=20_000)
sigma_slope = rng.exponential(1 / 13, size=20_000)
prior_slopes = rng.normal(mu_slope, sigma_slope, size=(8, 20_000)).reshape(20_000, 8)
