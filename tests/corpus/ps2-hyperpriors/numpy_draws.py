# story: the prior drawn with NumPy, fewer draws, another pair of groups
# %% draw-slopes
rng = np.random.default_rng(20)
mu = rng.normal(0, 1, (5000, 1))
sigma = rng.exponential(1 / 13, (5000, 1))
prior_slopes = rng.normal(mu, sigma, (5000, 8))
# %% prior-spread
p_apart = float((abs(prior_slopes[:, 3] - prior_slopes[:, 6]) > 0.5).mean())
