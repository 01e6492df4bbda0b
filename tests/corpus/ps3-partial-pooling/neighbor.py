# story: reads off group 6 instead of group 7, counting from one
# test-outlier-shrinks: 0 other-slope
# %% outlier-shrinks
slopes = hierarchical_trace.posterior["slope"].values.reshape(-1, 8)
slope_7 = slopes[:, 6].mean()
slope_7_hdi = az.hdi(slopes[:, 6], prob=0.94)
