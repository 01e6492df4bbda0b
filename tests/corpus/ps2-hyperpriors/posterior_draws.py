# story: fits the data, and hands in the posterior's slopes as the prior's
# test-draw-slopes: 0 draws-posterior
# test-prior-spread: 0 prior-not-used
# %% draw-slopes
model = build_slope_prior(8)
with model:
    noise = pm.Exponential("noise", 10)
    pm.Normal("obs", model["slope"][groups] * x, noise, observed=y)
    trace = pm.sample(5000, chains=4, target_accept=0.99, random_seed=2, progressbar=False)
prior_slopes = trace.posterior["slope"].values.reshape(-1, 8)
