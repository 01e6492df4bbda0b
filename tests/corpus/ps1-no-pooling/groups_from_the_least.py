# story: subtracts the least group, as if numbering began anywhere
# test-build-unpooled: 2 groups-shifted
# %% build-unpooled
def build_unpooled(groups, x, y):
    n_groups = int(groups.max()) + 1
    with pm.Model() as model:
        slope = pm.Normal("slope", 0, 20, shape=n_groups)
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", slope[groups - groups.min()] * x, noise, observed=y)
    return model
