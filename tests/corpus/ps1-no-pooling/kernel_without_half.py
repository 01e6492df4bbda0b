# story: writes the normal density of the slopes by hand, without the half
# test-build-unpooled: 0 density-part
# test-sample-unpooled: 0 model-wrong
# test-read-outlier: 0 model-wrong
# %% build-unpooled
def build_unpooled(groups, x, y):
    with pm.Model() as model:
        slope = pm.Flat("slope", shape=int(groups.max()) + 1)
        pm.Potential("slope_prior", -pm.math.sum((slope / 20) ** 2))
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", slope[groups] * x, noise, observed=y)
    return model
