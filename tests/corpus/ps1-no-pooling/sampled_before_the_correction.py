# story: sampled with another prior of the noise, then corrected it and did not sample again
# test-sample-unpooled: 1 stale
# %% sample-unpooled
with pm.Model() as first_version:
    slope = pm.Normal("slope", 0, 20, shape=8)
    noise = pm.Exponential("noise", 4)
    pm.Normal("obs", slope[groups] * x, noise, observed=y)
unpooled_trace = pm.sample(chains=4, model=first_version, random_seed=3, progressbar=False)
unpooled_model = build_unpooled(groups, x, y)
