# story: keys its dict by texts
# test-prior-sensitivity: 2 sensitivity-textual
# %% prior-sensitivity
slope_7_by_rate = {
    f"{rate}": float(
        pooling.exact.hierarchical(
            groups, x, y, sigma_slope=pooling.exact.exponential(rate)
        )["slope"].mean[7]
    )
    for rate in (1, 5, 13, 50)
}
