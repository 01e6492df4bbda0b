# story: writes + where * belongs
# test-build-unpooled: 0 obs:plus
# test-sample-unpooled: 0 model-wrong
# test-read-outlier: 0 model-wrong
# %% build-unpooled
def build_unpooled(groups, x, y):
    with pm.Model() as model:
        slope = pm.Normal("slope", 0, 20, shape=int(groups.max()) + 1)
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", slope[groups] + x, noise, observed=y)
    return model
