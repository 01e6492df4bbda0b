# story: extra deterministics, a prediction for each row, and a group of log likelihoods
# %% build-hierarchical
def build_hierarchical(groups, x, y):
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        slope = pm.Normal("slope", mu_slope, sigma_slope, shape=int(groups.max()) + 1)
        pm.Deterministic("deviation", slope - mu_slope)
        pm.Deterministic("log_sigma", pm.math.log(sigma_slope))
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", slope[groups] * x, noise, observed=y)
        pm.Normal("new_group", mu_slope, sigma_slope)
    return model
# %% sample-hierarchical
hierarchical_model = build_hierarchical(groups, x, y)
with hierarchical_model:
    hierarchical_trace = pm.sample(
        1000, tune=1000, chains=4, target_accept=0.995, random_seed=5, progressbar=False
    )
    pm.compute_log_likelihood(hierarchical_trace, progressbar=False)
