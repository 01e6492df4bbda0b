# story: draws mu and sigma once and then ten thousand times the slopes
# test-draw-slopes: 0 draws-fixed
# test-prior-spread: 0 prior-not-used
# %% draw-slopes
rng = np.random.default_rng(1)
mu_slope = rng.normal(0, 1)
sigma_slope = rng.exponential(1 / 13)
prior_slopes = rng.normal(mu_slope, sigma_slope, size=(10_000, 8))
