# story: knows what comes later, and learns the slopes' prior
# base: released
# test-build-unpooled: 0 slope:learned
# test-sample-unpooled: 0 not-written
# test-read-outlier: 0 not-written
# %% build-unpooled
def build_unpooled(groups, x, y):
    with pm.Model() as model:
        mu = pm.Normal("mu", 0, 20)
        tau = pm.HalfNormal("tau", 20)
        slope = pm.Normal("slope", mu, tau, shape=int(groups.max()) + 1)
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", slope[groups] * x, noise, observed=y)
    return model
