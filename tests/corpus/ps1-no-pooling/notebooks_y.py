# story: observes the notebook's y, and takes the arguments for the rest
# base: released
# test-build-unpooled: 0 mixes-arguments
# test-sample-unpooled: 0 not-written
# test-read-outlier: 0 not-written
# %% build-unpooled
def build_unpooled(groups, x, y):
    with pm.Model() as model:
        slope = pm.Normal("slope", 0, 20, shape=int(groups.max()) + 1)
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", slope[groups] * x, noise, observed=data.y)
    return model
