# story: the mean plus and minus one standard deviation
# test-read-outlier: 0 other-statistic
# %% read-outlier
s7 = unpooled_trace.posterior["slope"].sel(group=7)
outlier_group = 7
outlier_hdi = (float(s7.mean() - s7.std()), float(s7.mean() + s7.std()))
