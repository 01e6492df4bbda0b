# story: the source article's model and settings, brought to PyMC 6
# %% build-hierarchical
def build_hierarchical(groups, x, y):
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        slope = pm.Normal("slope", mu_slope, sigma_slope, shape=int(groups.max()) + 1)
        noise = pm.Exponential("noise", 10)
        obs = pm.Normal("obs", slope[groups] * x, noise, observed=y)
    return model
# %% sample-hierarchical
hierarchical_model = build_hierarchical(groups, x, y)
with hierarchical_model:
    hierarchical_trace = pm.sample(
        1000, chains=4, target_accept=0.995, random_seed=7, progressbar=False
    )
