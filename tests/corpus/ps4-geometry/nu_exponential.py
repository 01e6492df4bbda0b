# story: learns nu with Exponential(1/30), which lets it come close to zero
# test-build-robust: 0 nu-prior
# %% build-robust
def build_robust(groups, x, y):
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        slope = pm.Normal("slope", mu_slope, sigma_slope, shape=int(groups.max()) + 1)
        noise = pm.Exponential("noise", 10)
        nu = pm.Exponential("nu", 1 / 30)
        pm.StudentT("obs", nu=nu, mu=slope[groups] * x, sigma=noise, observed=y)
    return model
