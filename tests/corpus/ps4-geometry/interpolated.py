# story: computes three rates, and draws a line to the fourth
# test-prior-sensitivity: 0 sensitivity-interpolated
# %% prior-sensitivity
slope_7_by_rate = {
    rate: float(
        pooling.exact.hierarchical(
            groups, x, y, sigma_slope=pooling.exact.exponential(rate)
        )["slope"].mean[7]
    )
    for rate in (1, 13, 50)
}
ends = [slope_7_by_rate[1], slope_7_by_rate[13]]
slope_7_by_rate[5] = float(np.interp(5, [1, 13], ends))
