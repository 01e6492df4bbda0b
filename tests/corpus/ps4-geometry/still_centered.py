# story: the centered model with short steps: healthy, but not what was asked
# test-build-non-centered: 2 still-centered
# test-sample-non-centered: 1.5 still-centered
# %% build-non-centered
def build_non_centered(groups, x, y):
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        deviation = pm.Normal("deviation", 0, sigma_slope, shape=int(groups.max()) + 1)
        slope = pm.Deterministic("slope", mu_slope + deviation)
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", slope[groups] * x, noise, observed=y)
    return model
# %% sample-non-centered
non_centered_model = build_non_centered(groups, x, y)
non_centered_trace = pm.sample(
    2000, tune=1000, chains=4, target_accept=0.995, model=non_centered_model, random_seed=1,
    progressbar=False,
)
