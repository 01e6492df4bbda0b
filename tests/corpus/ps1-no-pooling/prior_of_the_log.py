# story: gives the prior to the noise's logarithm
# base: released
# test-build-unpooled: 0 scale:prior-of
# test-sample-unpooled: 0 not-written
# test-read-outlier: 0 not-written
# %% build-unpooled
def build_unpooled(groups, x, y):
    with pm.Model() as model:
        slope = pm.Normal("slope", 0, 20, shape=int(groups.max()) + 1)
        noise = pm.Deterministic("noise", pm.math.exp(pm.Exponential("log_noise", 10)))
        pm.Normal("obs", slope[groups] * x, noise, observed=y)
    return model
