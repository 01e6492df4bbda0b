# story: the builder takes its arguments and then uses the notebook's data
# test-build-hierarchical: 0 ignores-arguments
# %% build-hierarchical
def build_hierarchical(groups, x, y):
    d = pooling.load_groups()
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        slope = pm.Normal("slope", mu_slope, sigma_slope, shape=d.n_groups)
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", slope[d.groups] * d.x, noise, observed=d.y)
    return model
