# story: the Student-t through pm.Potential
# %% build-robust
def build_robust(groups, x, y):
    model = pm.Model()
    with model:
        mu = pm.Normal("mu_slope", mu=0, sigma=1)
        sd = pm.Exponential("sigma_slope", lam=13)
        b = pm.Normal("slope", mu=mu, sigma=sd, size=int(max(groups)) + 1)
        noise = pm.Exponential("noise", lam=10)
        t = pm.StudentT.dist(nu=4, mu=b[groups] * x, sigma=noise)
        pm.Potential("obs", pm.logp(t, y).sum())
    return model
