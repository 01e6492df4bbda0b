# story: Student-t with four degrees of freedom, and the slopes centered
# %% build-robust
def build_robust(groups, x, y):
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        slope = pm.Normal("slope", mu_slope, sigma_slope, shape=int(groups.max()) + 1)
        noise = pm.Exponential("noise", 10)
        pm.StudentT("obs", 4, slope[groups] * x, sigma=noise, observed=y)
    return model
# %% prior-sensitivity
slope_7_by_rate = {}
for rate in [1, 5, 13, 50]:
    prior = pooling.exact.exponential(rate)
    posterior = pooling.exact.hierarchical(groups, x, y, sigma_slope=prior)
    slope_7_by_rate[rate] = round(float(posterior["slope"].mean[7]), 3)
