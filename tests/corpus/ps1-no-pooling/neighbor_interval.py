# story: counts from one when picking the interval, and reports group 6
# test-read-outlier: 0 other-slope
# %% read-outlier
outlier_group = 7
hdis = az.hdi(unpooled_trace, prob=0.94)["slope"].values
outlier_hdi = hdis[outlier_group - 1]
