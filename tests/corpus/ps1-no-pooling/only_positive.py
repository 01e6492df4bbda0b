# story: slopes of wages cannot be negative, so half-normal ones
# test-build-unpooled: 0 support
# test-sample-unpooled: 0 model-wrong
# test-read-outlier: 0 model-wrong
# %% build-unpooled
def build_unpooled(groups, x, y):
    n_groups = int(groups.max()) + 1
    with pm.Model() as model:
        slope = pm.HalfNormal("slope", 20, shape=n_groups)
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", slope[groups] * x, noise, observed=y)
    return model
