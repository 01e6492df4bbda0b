# story: hands in slope * x for every row, without the noise
# test-draw-slopes: 0 draws-predictive
# test-prior-spread: 0 prior-not-used
# %% draw-slopes
slopes = pm.draw(build_slope_prior(8)["slope"], draws=2000, random_seed=15)
prior_slopes = slopes[:, groups] * x
# %% prior-spread
p_apart = float(np.mean(abs(prior_slopes[:, 0] - prior_slopes[:, -1]) > 0.5))
