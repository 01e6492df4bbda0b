# story: the function ignores its arguments and uses the notebook's data
# test-build-unpooled: 0 ignores-arguments
# %% build-unpooled
def build_unpooled(g, x_values, y_values):
    with pm.Model() as model:
        slope = pm.Normal("slope", 0, 20, shape=8)
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", slope[groups] * x, noise, observed=y)
    return model
