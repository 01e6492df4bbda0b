# story: all the slopes in one MvNormal with a diagonal covariance
# %% build-hierarchical
def build_hierarchical(groups, x, y):
    n = int(groups.max()) + 1
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        mean = mu_slope * np.ones(n)
        cov = sigma_slope**2 * np.eye(n)
        slope = pm.MvNormal("slope", mu=mean, cov=cov, shape=n)
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", mu=slope[groups] * x, sigma=noise, observed=y)
    return model
