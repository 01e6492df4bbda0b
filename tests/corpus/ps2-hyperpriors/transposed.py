# story: one row for each group instead of one for each draw
# test-draw-slopes: 0 draws-shape
# %% draw-slopes
prior_slopes = pm.draw(build_slope_prior(8)["slope"], draws=2000, random_seed=3).T
# %% prior-spread
p_apart = np.mean(np.abs(prior_slopes[0] - prior_slopes[1]) > 0.5)
