# story: puts the rate into both exponential priors
# test-prior-sensitivity: 0 sensitivity-noise
# %% prior-sensitivity
def fit(rate):
    prior = pooling.exact.exponential(rate)
    return pooling.exact.hierarchical(groups, x, y, sigma_slope=prior, noise=prior)


slope_7_by_rate = {rate: float(fit(rate)["slope"].mean[7]) for rate in (1, 5, 13, 50)}
