# story: multiplies the prior's sd by the noise, as conjugate priors do
# test-build-unpooled: 0 slope:depends
# test-sample-unpooled: 0 model-wrong
# test-read-outlier: 0 model-wrong
# %% build-unpooled
def build_unpooled(groups, x, y):
    with pm.Model() as model:
        noise = pm.Exponential("noise", 10)
        slope = pm.Normal("slope", 0, 20 * noise, shape=int(groups.max()) + 1)
        pm.Normal("obs", slope[groups] * x, noise, observed=y)
    return model
