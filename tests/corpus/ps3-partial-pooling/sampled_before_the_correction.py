# story: sampled with a wider prior of mu_slope, then corrected it and did not sample again
# test-sample-hierarchical: 1.5 stale
# %% sample-hierarchical
with pm.Model() as old_model:
    mu_slope = pm.Normal("mu_slope", 0, 10)
    sigma_slope = pm.Exponential("sigma_slope", 13)
    slope = pm.Normal("slope", mu_slope, sigma_slope, shape=8)
    noise = pm.Exponential("noise", 10)
    pm.Normal("obs", slope[groups] * x, noise, observed=y)
    hierarchical_trace = pm.sample(
        1000, tune=1000, chains=4, target_accept=0.995, random_seed=1, progressbar=False
    )
hierarchical_model = build_hierarchical(groups, x, y)
