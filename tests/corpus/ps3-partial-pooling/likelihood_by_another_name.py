# story: calls the likelihood y, after what it observes
# test-build-hierarchical: 2 names-likelihood
# %% build-hierarchical
def build_hierarchical(groups, x, y):
    n_groups = int(groups.max()) + 1
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        slope = pm.Normal("slope", mu_slope, sigma_slope, shape=n_groups)
        noise = pm.Exponential("noise", 10)
        pm.Normal("y", slope[groups] * x, noise, observed=y)
    return model
