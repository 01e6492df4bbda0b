# story: writes slope * x without [groups], gets a ValueError, and stops there
# test-build-unpooled: 0 broadcast
# test-sample-unpooled: 0 cell-raised
# test-read-outlier: 0 cell-raised
# %% build-unpooled
def build_unpooled(groups, x, y):
    with pm.Model() as model:
        slope = pm.Normal("slope", 0, 20, shape=int(groups.max()) + 1)
        noise = pm.Exponential("noise", 10)
        obs = pm.Normal("obs", slope * x, noise, observed=y)
    return model
