# story: puts x, groups and y into pm.Data
# %% build-unpooled
def build_unpooled(groups, x, y):
    with pm.Model() as model:
        x_data = pm.Data("x", x)
        y_data = pm.Data("y", y)
        group_index = pm.Data("group_index", groups.astype("int32"))
        slope = pm.Normal("slope", 0, 20, shape=int(max(groups)) + 1)
        noise = pm.Exponential("noise", 10)
        mu = slope[group_index] * x_data
        obs = pm.Normal("obs", mu, noise, observed=y_data)
    return model
