# story: hands in the intervals of all the groups
# test-read-outlier: 0 not-a-number
# %% read-outlier
outlier_group = 7
outlier_hdi = az.hdi(unpooled_trace, prob=0.94)["slope"]
