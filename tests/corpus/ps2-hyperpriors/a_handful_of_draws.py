# story: fifty draws: enough for the picture
# test-draw-slopes: 0 draws-shape
# test-prior-spread: 0 percent
# %% draw-slopes
prior_slopes = pm.draw(build_slope_prior(8)["slope"], draws=50, random_seed=1)
# %% prior-spread
p_apart = 100 * np.mean(np.abs(prior_slopes[:, 0] - prior_slopes[:, 7]) > 0.1)
