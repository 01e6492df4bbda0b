# story: slopes as twenty times a standard normal
# %% build-unpooled
def build_unpooled(groups, x, y):
    with pm.Model() as model:
        z = pm.Normal("z", shape=int(groups.max()) + 1)
        slope = pm.Deterministic("slope", 20 * z)
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", slope[groups] * x, noise, observed=y)
    return model
