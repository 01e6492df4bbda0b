# story: divides the whole equation by x, and observes y / x
# test-build-unpooled: 2 obs:rescaled
# %% build-unpooled
def build_unpooled(groups, x, y):
    with pm.Model() as model:
        slope = pm.Normal("slope", 0, 20, shape=int(groups.max()) + 1)
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", slope[groups], noise / np.abs(x), observed=y / x)
    return model
