# story: centers the prior on two, having looked at the plot
# test-build-unpooled: 0 slope:centered-on-two
# test-sample-unpooled: 0 model-wrong
# test-read-outlier: 0 model-wrong
# %% build-unpooled
def build_unpooled(groups, x, y):
    with pm.Model() as model:
        # most groups are around 2
        slope = pm.Normal("slope", 2, 20, shape=int(groups.max()) + 1)
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", slope[groups] * x, noise, observed=y)
    return model
