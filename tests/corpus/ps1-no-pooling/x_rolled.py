# story: shifts x by one row, a leftover from a lecture on time series
# test-build-unpooled: 0 obs:rows-apart
# test-sample-unpooled: 0 model-wrong
# test-read-outlier: 0 model-wrong
# %% build-unpooled
def build_unpooled(groups, x, y):
    lagged = np.roll(x, 1)
    with pm.Model() as model:
        slope = pm.Normal("slope", 0, 20, shape=int(groups.max()) + 1)
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", slope[groups] * lagged, noise, observed=y)
    return model
