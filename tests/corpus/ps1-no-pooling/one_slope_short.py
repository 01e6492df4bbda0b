# story: takes groups.max() for the number of groups, so that the last one has no slope
# base: released
# test-build-unpooled: 0 index-out-of-range
# test-sample-unpooled: 0 not-written
# test-read-outlier: 0 not-written
# %% build-unpooled
def build_unpooled(groups, x, y):
    n_groups = int(groups.max())
    with pm.Model() as model:
        slope = pm.Normal("slope", 0, 20, shape=n_groups)
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", slope[groups] * x, noise, observed=y)
    return model
