# story: sorts the draws of each group by themselves, to read quantiles off
# test-draw-slopes: 0 draws-columns-sorted
# %% draw-slopes
prior_slopes = pm.draw(build_slope_prior(8)["slope"], draws=20_000, random_seed=6)
prior_slopes = np.sort(prior_slopes, axis=0)
# %% prior-spread
drawn = pm.draw(build_slope_prior(8)["slope"], draws=20_000, random_seed=6)
p_apart = np.mean(np.abs(drawn[:, 0] - drawn[:, 1]) > 0.5)
