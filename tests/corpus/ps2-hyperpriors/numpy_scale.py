# story: right model; in NumPy the 13 becomes a mean
# test-draw-slopes: 0 draws-scale
# test-prior-spread: 0 prior-not-used
# %% draw-slopes
rng = np.random.default_rng(21)
mu = rng.normal(0, 1, size=(20_000, 1))
sigma = rng.exponential(13, size=(20_000, 1))
prior_slopes = rng.normal(mu, sigma, size=(20_000, 8))
