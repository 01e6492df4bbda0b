# story: passes the twenty as a precision
# test-build-unpooled: 0 slope:sd-is-precision
# test-sample-unpooled: 0 model-wrong
# test-read-outlier: 0 model-wrong
# %% build-unpooled
def build_unpooled(groups, x, y):
    n_groups = groups.max() + 1
    with pm.Model() as model:
        slope = pm.Normal("slope", mu=0, tau=20, shape=(int(n_groups),))
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", mu=slope[groups] * x, sigma=noise, observed=y)
    return model
