# story: learns nu, with a uniform prior from 0 to 30
# test-build-robust: 0 nu-prior
# %% build-robust
def build_robust(groups, x, y):
    with pm.Model(coords={"group": np.unique(groups)}) as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        slope = pm.Normal("slope", mu_slope, sigma_slope, dims="group")
        noise = pm.Exponential("noise", 10)
        nu = pm.Uniform("nu", lower=0, upper=30)
        pm.StudentT("obs", nu=nu, mu=slope[groups] * x, sigma=noise, observed=y)
    return model
