# story: six hundred draws, to save time
# %% draw-slopes
slope = build_slope_prior(8)["slope"]
prior_slopes = pm.draw(slope, draws=600, random_seed=23)
