# story: writes sd=20, as PyMC3 let one; the keyword is ignored
# test-build-unpooled: 0 slope:keyword-ignored
# test-sample-unpooled: 0 model-wrong
# test-read-outlier: 0 model-wrong
# %% build-unpooled
def build_unpooled(groups, x, y):
    with pm.Model() as model:
        slope = pm.Normal("slope", mu=0, sd=20, shape=len(set(groups)))
        noise = pm.Exponential("noise", 10)
        obs = pm.Normal("obs", mu=slope[groups] * x, sigma=noise, observed=y)
    return model
