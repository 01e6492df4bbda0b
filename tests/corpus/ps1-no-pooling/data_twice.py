# story: one likelihood in the loop and the same again after it
# test-build-unpooled: 0 obs:data-twice
# test-sample-unpooled: 0 model-wrong
# test-read-outlier: 0 model-wrong
# %% build-unpooled
def build_unpooled(groups, x, y):
    with pm.Model() as model:
        slope = pm.Normal("slope", 0, 20, shape=int(groups.max()) + 1)
        noise = pm.Exponential("noise", 10)
        for g in range(int(groups.max()) + 1):
            mine = groups == g
            pm.Normal(f"obs_{g}", slope[g] * x[mine], noise, observed=y[mine])
        pm.Normal("obs", slope[groups] * x, noise, observed=y)
    return model
