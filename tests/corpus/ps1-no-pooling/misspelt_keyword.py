# story: misspells sigma; nothing complains
# test-build-unpooled: 0 slope:keyword-ignored
# test-sample-unpooled: 0 model-wrong
# test-read-outlier: 0 model-wrong
# %% build-unpooled
def build_unpooled(groups, x, y):
    with pm.Model() as unpooled:
        noise = pm.Exponential("noise", 10)
        slope = pm.Normal("slope", mu=0, simga=20, shape=int(groups.max()) + 1)
        pm.Normal("obs", slope[groups] * x, noise, observed=y)
    return unpooled
