# story: right model, but one slope is drawn and written into all eight columns
# test-draw-slopes: 0 draws-copied
# test-prior-spread: 0 prior-not-used
# %% draw-slopes
rng = np.random.default_rng(8)
mu = rng.normal(0, 1, 10_000)
sigma = rng.exponential(1 / 13, 10_000)
one = rng.normal(mu, sigma)
prior_slopes = np.column_stack([one] * 8)
