# story: learns nu as well, with Gamma(2, 0.1)
# %% build-robust
def build_robust(groups, x, y):
    n = int(groups.max()) + 1
    with pm.Model() as robust:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        z = pm.Normal("z", 0, 1, shape=n)
        slope = pm.Deterministic("slope", mu_slope + sigma_slope * z)
        noise = pm.Exponential("noise", 10)
        nu = pm.Gamma("nu", alpha=2, beta=0.1)
        pm.StudentT("obs", nu=nu, mu=slope[groups] * x, sigma=noise, observed=y)
    return robust
