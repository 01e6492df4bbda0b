# story: believes that the groups are counted from one, and subtracts it
# test-build-unpooled: 0 obs:groups
# test-sample-unpooled: 0 model-wrong
# test-read-outlier: 0 model-wrong
# %% build-unpooled
def build_unpooled(groups, x, y):
    with pm.Model() as model:
        slope = pm.Normal("slope", 0, 20, shape=int(groups.max()) + 1)
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", slope[groups - 1] * x, noise, observed=y)  # Python starts at 0
    return model
