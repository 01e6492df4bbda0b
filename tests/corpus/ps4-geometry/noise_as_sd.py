# story: scales the Student-t so that its standard deviation is the noise
# test-build-robust: 0 obs:scale-is-sd
# %% build-robust
def build_robust(groups, x, y):
    nu = 4
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        z = pm.Normal("z", 0, 1, shape=int(groups.max()) + 1)
        slope = pm.Deterministic("slope", mu_slope + sigma_slope * z)
        noise = pm.Exponential("noise", 10)
        scale = noise * np.sqrt((nu - 2) / nu)
        pm.StudentT("obs", nu=nu, mu=slope[groups] * x, sigma=scale, observed=y)
    return model
