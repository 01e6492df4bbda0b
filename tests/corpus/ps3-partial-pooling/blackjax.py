# story: non-centered, sampled with blackjax
# %% build-hierarchical
def build_hierarchical(groups, x, y):
    n_groups = int(np.max(groups)) + 1
    with pm.Model() as hierarchical:
        noise = pm.Exponential("noise", 10)
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        step = pm.Normal("step", 0, 1, shape=n_groups)
        slope = pm.Deterministic("slope", mu_slope + sigma_slope * step)
        pm.Normal("obs", mu=slope[groups] * x, sigma=noise, observed=y)
    return hierarchical
# %% sample-hierarchical
hierarchical_model = build_hierarchical(groups, x, y)
hierarchical_trace = pm.sample(
    1000, chains=4, model=hierarchical_model, nuts_sampler="blackjax", target_accept=0.95,
    nuts_sampler_kwargs={"chain_method": "vectorized"}, random_seed=4, progressbar=False,
)
