# story: leaves out the rows of the smallest group: "four rows are not enough"
# test-build-unpooled: 0 obs:smallest-dropped
# test-sample-unpooled: 0 model-wrong
# test-read-outlier: 0 model-wrong
# %% build-unpooled
def build_unpooled(groups, x, y):
    n_groups = int(groups.max()) + 1
    enough = np.bincount(groups)[groups] >= 10
    with pm.Model() as model:
        slope = pm.Normal("slope", 0, 20, shape=n_groups)
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", slope[groups[enough]] * x[enough], noise, observed=y[enough])
    return model
