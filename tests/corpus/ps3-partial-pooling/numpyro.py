# story: non-centered, sampled with numpyro
# %% build-hierarchical
def build_hierarchical(groups, x, y):
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        z = pm.Normal("z", 0, 1, shape=int(groups.max()) + 1)
        slope = pm.Deterministic("slope", mu_slope + z * sigma_slope)
        noise = pm.Exponential("noise", 10)
        obs = pm.Normal("obs", slope[groups] * x, noise, observed=y)
    return model
# %% sample-hierarchical
hierarchical_model = build_hierarchical(groups, x, y)
with hierarchical_model:
    hierarchical_trace = pm.sample(
        nuts_sampler="numpyro",
        draws=1000,
        chains=4,
        target_accept=0.95,
        nuts_sampler_kwargs={"chain_method": "vectorized"},
        random_seed=10,
        progressbar=False,
    )
