# story: reports 95 %, as everybody does elsewhere
# test-read-outlier: 0 other-prob
# %% read-outlier
outlier_group = 7
outlier_hdi = az.hdi(unpooled_trace, prob=0.95)["slope"].values[outlier_group]
