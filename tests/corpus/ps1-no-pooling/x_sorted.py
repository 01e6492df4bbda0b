# story: sorts x to draw the lines neatly, and goes on with the sorted x
# test-build-unpooled: 0 obs:rows-apart
# test-sample-unpooled: 0 model-wrong
# test-read-outlier: 0 model-wrong
# %% build-unpooled
def build_unpooled(groups, x, y):
    x = np.sort(x)
    with pm.Model(coords={"g": range(max(groups) + 1)}) as model:
        slope = pm.Normal("slope", mu=0, sigma=20, dims="g")
        noise = pm.Exponential("noise", 10)
        line = slope[groups] * x
        pm.Normal("obs", mu=line, sigma=noise, observed=y)
    return model
