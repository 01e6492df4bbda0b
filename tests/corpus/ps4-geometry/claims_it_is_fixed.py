# story: renames the centered model, and samples it with long steps
# test-build-non-centered: 2 still-centered
# test-sample-non-centered: 1.5 divergences
# %% build-non-centered
def build_non_centered(groups, x, y):
    with pm.Model() as non_centered:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        slope = pm.Normal("slope", mu_slope, sigma_slope, shape=int(groups.max()) + 1)
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", slope[groups] * x, noise, observed=y)
    return non_centered
# %% sample-non-centered
non_centered_model = build_non_centered(groups, x, y)
non_centered_trace = pm.sample(
    1000, chains=4, target_accept=0.4, model=non_centered_model, random_seed=4, progressbar=False
)
