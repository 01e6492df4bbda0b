# story: reports how far the slope is from mu_slope
# test-outlier-shrinks: 0 other-statistic
# %% outlier-shrinks
draws = hierarchical_trace.posterior
effect = draws["slope"][..., 7] - draws["mu_slope"]
slope_7 = float(effect.mean())
slope_7_hdi = tuple(az.hdi(effect.values.ravel(), prob=0.94))
