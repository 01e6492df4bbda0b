# story: draws two thousand pairs of mu and sigma, and slopes from each ten times
# test-draw-slopes: 0 draws-reused
# %% draw-slopes
rng = np.random.default_rng(1)
mu_slope = np.repeat(rng.normal(0, 1, size=(2000, 1)), 10, axis=0)
sigma_slope = np.repeat(rng.exponential(1 / 13, size=(2000, 1)), 10, axis=0)
prior_slopes = rng.normal(mu_slope, sigma_slope, size=(20_000, 8))
