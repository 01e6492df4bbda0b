# story: a list of the four means, numbered
# test-prior-sensitivity: 0 sensitivity-keys
# %% prior-sensitivity
rates = [1, 5, 13, 50]
means = [
    pooling.exact.hierarchical(groups, x, y, sigma_slope=pooling.exact.exponential(r))["slope"].mean[7]
    for r in rates
]
slope_7_by_rate = dict(enumerate(means))
