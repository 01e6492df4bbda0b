# story: right method, but one short chain for each rate; with two modes it sees one
# test-prior-sensitivity: 2 sensitivity-rerun
# %% prior-sensitivity
slope_7_by_rate = {}
for rate in (1, 5, 13, 50):
    with pm.Model():
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", rate)
        z = pm.Normal("z", 0, 1, shape=8)
        slope = pm.Deterministic("slope", mu_slope + sigma_slope * z)
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", slope[groups] * x, noise, observed=y)
        run = pm.sample(200, tune=1000, chains=1, random_seed=2, progressbar=False)
    slope_7_by_rate[rate] = float(run.posterior["slope"].mean(("chain", "draw"))[7])
