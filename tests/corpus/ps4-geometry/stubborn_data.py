# story: the right means, with the stubborn data
# test-prior-sensitivity: 0 sensitivity-data
# %% prior-sensitivity
exact = pooling.exact
other = pooling.load_groups("stubborn")
slope_7_by_rate = {}
for rate in (1, 5, 13, 50):
    posterior = exact.hierarchical(
        other.groups, other.x, other.y, sigma_slope=exact.exponential(rate)
    )
    slope_7_by_rate[rate] = posterior["slope"].mean[7]
