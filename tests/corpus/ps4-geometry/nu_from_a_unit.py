# story: learns nu as ten times a Gamma(2, 1), which is the prior asked for
# %% build-robust
def build_robust(groups, x, y):
    n_groups = int(groups.max()) + 1
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        slope = pm.Normal("slope", mu_slope, sigma_slope, shape=n_groups)
        nu = pm.Deterministic("nu", 10 * pm.Gamma("unit", 2, 1))
        noise = pm.Exponential("noise", 10)
        pm.StudentT("obs", nu=nu, mu=slope[groups] * x, sigma=noise, observed=y)
    return model
