# story: sets the seed anew before each line, so that an offset repeats mu
# test-draw-slopes: 0 draws-offset-tied
# %% draw-slopes
n = 20_000
mu = np.random.default_rng(0).normal(size=n)
sigma = np.random.default_rng(100).exponential(1 / 13, size=n)
prior_slopes = np.column_stack(
    [mu + sigma * np.random.default_rng(g).normal(size=n) for g in range(8)]
)
