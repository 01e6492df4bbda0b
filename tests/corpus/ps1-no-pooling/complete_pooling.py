# story: one slope for all groups
# test-build-unpooled: 0 slope-scalar
# test-sample-unpooled: 0 model-wrong
# test-read-outlier: 0 model-wrong
# %% build-unpooled
def build_unpooled(groups, x, y):
    with pm.Model() as model:
        slope = pm.Normal("slope", 0, 20)
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", slope * x, noise, observed=y)
    return model
# %% read-outlier
outlier_group = 7
outlier_hdi = (1.9, 2.1)
