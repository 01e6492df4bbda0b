# story: sorts the rates the other way before zipping them with the means
# test-prior-sensitivity: 0 sensitivity-reversed
# %% prior-sensitivity
rates = (1, 5, 13, 50)
means = []
for rate in sorted(rates, reverse=True):
    post = pooling.exact.hierarchical(groups, x, y, sigma_slope=pooling.exact.exponential(rate))
    means.append(float(post["slope"].mean[7]))
slope_7_by_rate = dict(zip(rates, means))
