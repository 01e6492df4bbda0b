# story: right likelihood; the noise gets a half-normal prior
# test-build-robust: 0 scale:half-normal
# %% build-robust
def build_robust(groups, x, y):
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        slope = pm.Normal("slope", mu_slope, sigma_slope, shape=int(groups.max()) + 1)
        noise = pm.HalfNormal("noise", 1)
        pm.StudentT("obs", nu=4, mu=slope[groups] * x, sigma=noise, observed=y)
    return model
