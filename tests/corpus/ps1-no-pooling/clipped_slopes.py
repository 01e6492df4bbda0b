# story: clips the slopes in the likelihood, against wild values
# test-build-unpooled: 0 farther-out
# test-sample-unpooled: 0 model-wrong
# test-read-outlier: 0 model-wrong
# %% build-unpooled
def build_unpooled(groups, x, y):
    n_groups = int(groups.max()) + 1
    with pm.Model() as model:
        slope = pm.Normal("slope", 0, 20, shape=n_groups)
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", pm.math.clip(slope[groups], -12, 12) * x, noise, observed=y)
    return model
