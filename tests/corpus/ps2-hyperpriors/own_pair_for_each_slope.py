# story: every single slope gets a mu and a sigma of its own
# test-draw-slopes: 0 draws-apart
# test-prior-spread: 0 apart-other
# %% draw-slopes
rng = np.random.default_rng(99)
size = (10_000, 8)
prior_slopes = rng.normal(rng.normal(0, 1, size), rng.exponential(1 / 13, size))
