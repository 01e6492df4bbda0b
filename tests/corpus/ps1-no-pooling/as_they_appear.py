# story: numbers the groups anew, in the order in which they appear
# base: released
# test-build-unpooled: 0 obs:groups
# test-sample-unpooled: 0 not-written
# test-read-outlier: 0 not-written
# %% build-unpooled
def build_unpooled(groups, x, y):
    number = {g: i for i, g in enumerate(dict.fromkeys(groups))}
    own = np.array([number[g] for g in groups])
    with pm.Model() as model:
        slope = pm.Normal("slope", 0, 20, shape=len(number))
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", slope[own] * x, noise, observed=y)
    return model
