# story: a thousand draws, no more, and two groups in the middle
# %% draw-slopes
prior_slopes = pm.draw(build_slope_prior(8)["slope"], 1000, random_seed=6)
# %% prior-spread
a, b = prior_slopes[:, 3], prior_slopes[:, 4]
p_apart = np.count_nonzero(np.abs(a - b) > 0.5) / len(a)
