# story: how far the slope moved, not where it is
# test-prior-sensitivity: 0 sensitivity-moved
# %% prior-sensitivity
exact = pooling.exact
alone = exact.unpooled(groups, x, y)["slope"].mean[7]
slope_7_by_rate = {}
for rate in (1, 5, 13, 50):
    posterior = exact.hierarchical(groups, x, y, sigma_slope=exact.exponential(rate))
    slope_7_by_rate[rate] = alone - posterior["slope"].mean[7]
