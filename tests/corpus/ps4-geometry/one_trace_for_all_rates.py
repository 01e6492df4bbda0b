# story: changes the prior in the loop, but takes the mean of the same old trace each time
# test-prior-sensitivity: 0 sensitivity-same
# %% prior-sensitivity
slope_7_by_rate = {}
for rate in (1, 5, 13, 50):
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", rate)
        slope = pm.Normal("slope", mu_slope, sigma_slope, shape=8)
    slope_7_by_rate[rate] = float(non_centered_trace.posterior["slope"][..., 7].mean())
