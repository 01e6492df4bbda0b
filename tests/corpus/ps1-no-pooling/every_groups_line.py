# story: lets every row meet the lines of all the groups
# test-build-unpooled: 0 obs:every-group
# test-sample-unpooled: 0 model-wrong
# test-read-outlier: 0 model-wrong
# %% build-unpooled
def build_unpooled(groups, x, y):
    n = int(groups.max()) + 1
    with pm.Model() as model:
        slope = pm.Normal("slope", 0, 20, shape=n)
        noise = pm.Exponential("noise", 10)
        mu = slope[:, None] * x[None, :]
        pm.Normal("obs", mu, noise, observed=np.broadcast_to(y, (n, len(y))))
    return model
