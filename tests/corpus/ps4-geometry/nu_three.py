# story: three degrees of freedom, from a paper
# test-build-robust: 0 obs:nu
# %% build-robust
def build_robust(groups, x, y):
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        slope = pm.Normal("slope", mu_slope, sigma_slope, shape=int(groups.max()) + 1)
        noise = pm.Exponential("noise", 10)
        pm.StudentT("obs", nu=3, mu=slope[groups] * x, sigma=noise, observed=y)
    return model
