# story: takes the rates for means of sigma_slope
# test-prior-sensitivity: 0 sensitivity-scale
# %% prior-sensitivity
def slope_7(mean):
    prior = pooling.exact.exponential(1 / mean)
    return pooling.exact.hierarchical(groups, x, y, sigma_slope=prior)["slope"].mean[7]

slope_7_by_rate = {rate: slope_7(rate) for rate in (1, 5, 13, 50)}
