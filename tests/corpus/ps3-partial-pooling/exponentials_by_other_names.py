# story: takes half a Laplace and a Gamma for the two exponentials
# %% build-hierarchical
def build_hierarchical(groups, x, y):
    n_groups = int(groups.max()) + 1
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        half = pm.Laplace.dist(0, 1 / 13)
        sigma_slope = pm.Truncated("sigma_slope", half, lower=0, initval=0.1)
        noise = pm.Gamma("noise", mu=1 / 10, sigma=1 / 10)
        slope = pm.Normal("slope", mu_slope, sigma_slope, shape=n_groups)
        pm.Normal("obs", slope[groups] * x, noise, observed=y)
    return model
