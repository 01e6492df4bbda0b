# story: uses the means 1, 1/5, 1/13 and 1/50 for keys
# test-prior-sensitivity: 0 sensitivity-keys
# %% prior-sensitivity
slope_7_by_rate = {}
for mean in (1, 1 / 5, 1 / 13, 1 / 50):
    exact = pooling.exact.hierarchical(
        groups, x, y, sigma_slope=pooling.exact.exponential(1 / mean)
    )
    slope_7_by_rate[mean] = exact["slope"].mean[7]
