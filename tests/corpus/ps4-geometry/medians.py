# story: the medians instead of the means
# test-prior-sensitivity: 2 sensitivity-median
# %% prior-sensitivity
slope_7_by_rate = {}
for rate in (1, 5, 13, 50):
    prior = pooling.exact.exponential(rate)
    posterior = pooling.exact.hierarchical(groups, x, y, sigma_slope=prior)
    slope_7_by_rate[rate] = posterior["slope"].quantile(0.5)[7]
