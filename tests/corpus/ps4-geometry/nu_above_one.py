# story: learns nu as one more than a Gamma(2, 0.1)
# test-build-robust: 0 nu-prior
# %% build-robust
def build_robust(groups, x, y):
    n_groups = int(groups.max()) + 1
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        slope = pm.Normal("slope", mu_slope, sigma_slope, shape=n_groups)
        nu = 1 + pm.Gamma("more", 2, 0.1)
        noise = pm.Exponential("noise", 10)
        pm.StudentT("obs", nu=nu, mu=slope[groups] * x, sigma=noise, observed=y)
    return model
