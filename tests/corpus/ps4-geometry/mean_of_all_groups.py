# story: averages over all the groups' slopes
# test-prior-sensitivity: 0 sensitivity-all-groups
# %% prior-sensitivity
slope_7_by_rate = {
    rate: float(
        pooling.exact.hierarchical(
            groups, x, y, sigma_slope=pooling.exact.exponential(rate)
        )["slope"].mean.mean()
    )
    for rate in (1, 5, 13, 50)
}
