# story: squares the twenty: "Normal takes the variance"
# test-build-unpooled: 0 slope:sd-squared
# test-sample-unpooled: 0 model-wrong
# test-read-outlier: 0 model-wrong
# %% build-unpooled
def build_unpooled(groups, x, y):
    n_groups = int(groups.max()) + 1
    with pm.Model() as model:
        slope = pm.Normal("slope", mu=np.zeros(n_groups), sigma=20**2)
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", slope[groups] * x, noise, observed=y)
    return model
