# story: the means of mu_slope, for it is what the slopes shrink to
# test-prior-sensitivity: 0 sensitivity-mu
# %% prior-sensitivity
exact = pooling.exact
slope_7_by_rate = {}
for rate in (1, 5, 13, 50):
    posterior = exact.hierarchical(groups, x, y, sigma_slope=exact.exponential(rate))
    slope_7_by_rate[rate] = posterior["mu_slope"].mean
