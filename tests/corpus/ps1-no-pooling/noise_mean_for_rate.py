# story: wants a noise with mean 10 and rate 1/10, the wrong way around
# test-build-unpooled: 0 scale:rate-is-scale
# test-sample-unpooled: 0 model-wrong
# test-read-outlier: 0 model-wrong
# %% build-unpooled
def build_unpooled(groups, x, y):
    with pm.Model() as model:
        slope = pm.Normal("slope", 0, 20, shape=int(groups.max()) + 1)
        noise = pm.Exponential("noise", lam=0.1)
        pm.Normal("obs", slope[groups] * x, noise, observed=y)
    return model
