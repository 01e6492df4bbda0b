# story: standard normal offsets, with dims; sampled with PyMC's own sampler
# %% build-non-centered
def build_non_centered(groups, x, y):
    with pm.Model(coords={"group": np.arange(groups.max() + 1)}) as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        offset = pm.Normal("offset", 0, 1, dims="group")
        slope = pm.Deterministic("slope", mu_slope + sigma_slope * offset, dims="group")
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", slope[groups] * x, noise, observed=y)
    return model
# %% sample-non-centered
non_centered_model = build_non_centered(groups, x, y)
with non_centered_model:
    non_centered_trace = pm.sample(
        1000, chains=4, target_accept=0.95, nuts_sampler="pymc", random_seed=3, progressbar=False
    )
