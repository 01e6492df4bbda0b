# story: counts the groups from one, and reads the last
# test-read-outlier: 0 no-such-group
# %% read-outlier
outlier_group = 8
outlier_hdi = tuple(az.hdi(unpooled_trace, prob=0.94)["slope"].values[-1])
