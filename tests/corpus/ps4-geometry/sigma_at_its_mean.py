# story: fixes sigma_slope at its prior mean for each rate
# base: released
# test-prior-sensitivity: 0 sensitivity-fixed
# test-build-non-centered: 0 not-written
# test-sample-non-centered: 0 not-written
# test-build-robust: 0 not-written
# %% prior-sensitivity
slope_7_by_rate = {}
for rate in (1, 5, 13, 50):
    posterior = pooling.exact.hierarchical(groups, x, y)
    means, _ = posterior.slopes_given_sigma([1 / rate])
    slope_7_by_rate[rate] = means[0, 7]
