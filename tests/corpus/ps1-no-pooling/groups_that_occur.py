# story: counts the groups that occur; one without rows would be missing
# test-build-unpooled: 2 groups-counted
# %% build-unpooled
def build_unpooled(groups, x, y):
    with pm.Model(coords={"group": np.unique(groups)}) as model:
        slope = pm.Normal("slope", 0, 20, dims="group")
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", slope[groups] * x, noise, observed=y)
    return model
