# story: the noise without a transform: it is far from zero anyway
# %% build-hierarchical
def build_hierarchical(groups, x, y):
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        slope = pm.Normal("slope", mu_slope, sigma_slope, shape=int(groups.max()) + 1)
        noise = pm.Exponential("noise", 10, default_transform=None, initval=0.5)
        pm.Normal("obs", slope[groups] * x, noise, observed=y)
    return model
