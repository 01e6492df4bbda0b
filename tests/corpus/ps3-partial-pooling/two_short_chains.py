# story: non-centered, two chains of five hundred, target_accept=0.9
# %% build-hierarchical
def build_hierarchical(groups, x, y):
    with pm.Model(coords={"group": range(groups.max() + 1)}) as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        offset = pm.Normal("offset", 0, 1, dims="group")
        slope = pm.Deterministic("slope", mu_slope + sigma_slope * offset, dims="group")
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", slope[groups] * x, noise, observed=y)
    return model
# %% sample-hierarchical
hierarchical_model = build_hierarchical(groups, x, y)
hierarchical_trace = pm.sample(
    500, tune=1000, chains=2, target_accept=0.9, model=hierarchical_model, random_seed=14,
    progressbar=False,
)
