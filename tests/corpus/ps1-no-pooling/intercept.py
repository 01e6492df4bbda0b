# story: adds an intercept, since every regression has one
# test-build-unpooled: 0 intercept
# test-sample-unpooled: 0 model-wrong
# test-read-outlier: 0 model-wrong
# %% build-unpooled
def build_unpooled(groups, x, y):
    with pm.Model() as model:
        intercept = pm.Normal("intercept", 0, 20)
        slope = pm.Normal("slope", 0, 20, shape=int(groups.max()) + 1)
        noise = pm.Exponential("noise", 10)
        mu = intercept + slope[groups] * x
        pm.Normal("obs", mu, noise, observed=y)
    return model
