# story: gives every group a noise of its own
# test-build-unpooled: 0 noise-per-group
# test-sample-unpooled: 0 model-wrong
# test-read-outlier: 0 model-wrong
# %% build-unpooled
def build_unpooled(groups, x, y):
    with pm.Model(coords={"group": np.unique(groups)}) as model:
        slope = pm.Normal("slope", 0, 20, dims="group")
        noise = pm.Exponential("noise", 10, dims="group")
        pm.Normal("obs", slope[groups] * x, noise[groups], observed=y)
    return model
