# story: draws four groups' offsets and takes their negatives for the other four
# test-draw-slopes: 0 draws-pair
# %% draw-slopes
rng = np.random.default_rng(6)
mu, sigma = rng.normal(0, 1, (20_000, 1)), rng.exponential(1 / 13, (20_000, 1))
offsets = rng.standard_normal((20_000, 4))
prior_slopes = mu + sigma * np.hstack([offsets, -offsets])
