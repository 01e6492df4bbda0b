# story: draws in four "chains", as a sampler returns them
# %% draw-slopes
rng = np.random.default_rng(5)
mu = rng.standard_normal((4, 250, 1))
sigma = rng.exponential(1 / 13, size=(4, 250, 1))
prior_slopes = mu + sigma * rng.standard_normal((4, 250, 8))
# %% prior-spread
flat = prior_slopes.reshape(-1, 8)
p_apart = (np.abs(flat[:, 0] - flat[:, 1]) > 0.5).mean()
