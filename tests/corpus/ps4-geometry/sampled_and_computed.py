# story: samples for three rates, and computes the fourth, where the chains disagree
# %% sample-non-centered
non_centered_model = build_non_centered(groups, x, y)
non_centered_trace = pm.sample(
    2000, chains=4, target_accept=0.97, model=non_centered_model, random_seed=9, progressbar=False
)
# %% prior-sensitivity
with pm.Model() as model:
    rate = pm.Data("rate", 13.0)
    mu_slope = pm.Normal("mu_slope", 0, 1)
    sigma_slope = pm.Exponential("sigma_slope", rate)
    z = pm.Normal("z", shape=8)
    slope = pm.Deterministic("slope", mu_slope + sigma_slope * z)
    noise = pm.Exponential("noise", 10)
    pm.Normal("obs", slope[groups] * x, noise, observed=y)

slope_7_by_rate = {}
for r in (1, 13, 50):
    pm.set_data({"rate": r}, model=model)
    run = pm.sample(
        2000, tune=1000, chains=4, target_accept=0.95, model=model, random_seed=r,
        progressbar=False,
    )
    slope_7_by_rate[r] = run.posterior["slope"][..., 7].mean().item()
# with a rate of 5 the chains do not agree, so it is computed
five = pooling.exact.hierarchical(groups, x, y, sigma_slope=pooling.exact.exponential(5))
slope_7_by_rate[5] = five["slope"].mean[7]
