# story: right model, but the interval is ArviZ's default of 89 %
# test-read-outlier: 0 other-prob
# %% read-outlier
outlier_group = 7
outlier_hdi = az.hdi(unpooled_trace)["slope"].values[7]
