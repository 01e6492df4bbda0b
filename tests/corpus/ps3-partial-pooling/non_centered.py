# story: the non-centered form, PyMC's own sampler, half the draws
# %% build-hierarchical
def build_hierarchical(groups, x, y):
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        z = pm.Normal("z", 0, 1, shape=int(groups.max()) + 1)
        slope = pm.Deterministic("slope", mu_slope + sigma_slope * z)
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", slope[groups] * x, noise, observed=y)
    return model
# %% sample-hierarchical
hierarchical_model = build_hierarchical(groups, x, y)
hierarchical_trace = pm.sample(
    500, chains=2, model=hierarchical_model, nuts_sampler="pymc", random_seed=3, progressbar=False
)
