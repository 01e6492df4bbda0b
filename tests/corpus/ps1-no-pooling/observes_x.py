# story: types observed=x; stops when the sampler does not come to an end
# base: released
# test-build-unpooled: 0 observes-x
# test-sample-unpooled: 0 not-written
# test-read-outlier: 0 not-written
# %% build-unpooled
def build_unpooled(groups, x, y):
    with pm.Model() as model:
        slope = pm.Normal("slope", 0, 20, shape=int(groups.max()) + 1)
        noise = pm.Exponential("noise", 10)
        obs = pm.Normal("obs", slope[groups] * x, noise, observed=x)
    return model
