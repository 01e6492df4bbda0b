# story: standardizes x first, "so that the sampler has it easier"
# test-build-unpooled: 0 obs:x-changed
# test-sample-unpooled: 0 model-wrong
# test-read-outlier: 0 model-wrong
# %% build-unpooled
def zscore(v):
    return (v - v.mean()) / v.std()

def build_unpooled(groups, x, y):
    xs = zscore(x)
    with pm.Model() as model:
        slope = pm.Normal("slope", 0, 20, shape=int(groups.max()) + 1)
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", slope[groups] * xs, noise, observed=y)
    return model
