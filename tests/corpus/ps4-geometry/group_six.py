# story: reads off the slope of group 6, counting from one
# test-prior-sensitivity: 0 sensitivity-other-group
# %% prior-sensitivity
slope_7_by_rate = {
    rate: pooling.exact.hierarchical(
        groups, x, y, sigma_slope=pooling.exact.exponential(rate)
    )["slope"].mean[6]
    for rate in (1, 5, 13, 50)
}
