# story: takes the biggest group for the one that stands apart
# test-read-outlier: 0 wrong-group
# %% read-outlier
outlier_group = int(np.bincount(groups).argmax())
outlier_hdi = tuple(az.hdi(unpooled_trace, prob=0.94)["slope"].values[outlier_group])
