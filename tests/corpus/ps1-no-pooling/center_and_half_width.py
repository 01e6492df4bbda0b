# story: hands in the interval's center and half-width
# test-read-outlier: 0 interval-center
# %% read-outlier
outlier_group = 7
low, high = az.hdi(unpooled_trace, prob=0.94)["slope"][7].values
outlier_hdi = ((low + high) / 2, (high - low) / 2)
