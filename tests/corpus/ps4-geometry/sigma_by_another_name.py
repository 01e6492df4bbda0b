# story: the centered model, with sigma_slope only a second name of what the slopes use
# test-build-non-centered: 2 still-centered
# test-sample-non-centered: 1.5 still-centered
# %% build-non-centered
def build_non_centered(groups, x, y):
    n_groups = int(groups.max()) + 1
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("s", 13)
        pm.Deterministic("sigma_slope", sigma_slope)
        slope = pm.Normal("slope", mu_slope, sigma_slope, shape=n_groups)
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", slope[groups] * x, noise, observed=y)
    return model
# %% sample-non-centered
non_centered_model = build_non_centered(groups, x, y)
non_centered_trace = pm.sample(
    4000, tune=1000, chains=4, target_accept=0.995, model=non_centered_model, random_seed=1,
    progressbar=False,
)
