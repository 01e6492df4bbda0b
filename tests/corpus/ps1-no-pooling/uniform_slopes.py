# story: a uniform prior, to be fair to all slopes
# test-build-unpooled: 0 slope:kind
# test-sample-unpooled: 0 model-wrong
# test-read-outlier: 0 model-wrong
# %% build-unpooled
def build_unpooled(groups, x, y):
    n_groups = int(groups.max()) + 1
    with pm.Model() as model:
        slope = pm.Uniform("slope", -60, 60, shape=n_groups)
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", slope[groups] * x, noise, observed=y)
    return model
