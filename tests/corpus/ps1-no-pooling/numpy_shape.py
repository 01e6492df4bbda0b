# story: gives groups.max() + 1 to shape as it is, a NumPy number, and goes no further
# base: released
# test-build-unpooled: 0 shape-type
# test-sample-unpooled: 0 not-written
# test-read-outlier: 0 not-written
# %% build-unpooled
def build_unpooled(groups, x, y):
    with pm.Model() as model:
        slope = pm.Normal("slope", 0, 20, shape=groups.max() + 1)
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", slope[groups] * x, noise, observed=y)
    return model
