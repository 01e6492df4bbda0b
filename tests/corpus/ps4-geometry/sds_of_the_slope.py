# story: the posterior sds instead of the means
# test-prior-sensitivity: 0 sensitivity-sd
# %% prior-sensitivity
exact = pooling.exact
slope_7_by_rate = {}
for rate in (1, 5, 13, 50):
    posterior = exact.hierarchical(groups, x, y, sigma_slope=exact.exponential(rate))
    slope_7_by_rate[rate] = posterior["slope"].sd[7]
