# story: multiplies a one-hot design matrix by the vector of slopes
# %% build-unpooled
def build_unpooled(groups, x, y):
    # one column per group; the row's x stands in its own group's column
    X = np.zeros((len(y), groups.max() + 1))
    X[np.arange(len(y)), groups] = x
    with pm.Model() as model:
        slope = pm.Normal("slope", 0, 20, shape=X.shape[1])
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", pm.math.dot(X, slope), noise, observed=y)
    return model
