# story: keeps a fifth of the rows for a test, as in the course on machine learning
# test-build-unpooled: 0 obs:subset
# test-sample-unpooled: 0 model-wrong
# test-read-outlier: 0 model-wrong
# %% build-unpooled
def build_unpooled(groups, x, y):
    rng = np.random.default_rng(42)
    train = rng.permutation(len(y))[: int(0.8 * len(y))]
    with pm.Model() as model:
        slope = pm.Normal("slope", 0, 20, shape=int(groups.max()) + 1)
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", slope[groups[train]] * x[train], noise, observed=y[train])
    return model
