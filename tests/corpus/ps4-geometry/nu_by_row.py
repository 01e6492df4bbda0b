# story: gives StudentT its arguments in the order of Normal, and makes the first positive
# test-build-robust: 0 obs:student-order
# %% build-robust
def build_robust(groups, x, y):
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        slope = pm.Normal("slope", mu_slope, sigma_slope, shape=int(groups.max()) + 1)
        noise = pm.Exponential("noise", 10)
        pm.StudentT("obs", abs(slope[groups] * x) + 1e-6, noise, sigma=4, observed=y)
    return model
