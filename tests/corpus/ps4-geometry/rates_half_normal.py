# story: half-normals with sd 1 / rate instead of exponentials
# test-prior-sensitivity: 0 sensitivity-half-normal
# %% prior-sensitivity
exact = pooling.exact
slope_7_by_rate = {}
for rate in (1, 5, 13, 50):
    posterior = exact.hierarchical(groups, x, y, sigma_slope=exact.half_normal(1 / rate))
    slope_7_by_rate[rate] = posterior["slope"].mean[7]
