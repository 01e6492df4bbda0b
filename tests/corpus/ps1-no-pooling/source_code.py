# story: the source article's model, brought to PyMC 6
# %% build-unpooled
def build_unpooled(groups, x, y):
    with pm.Model() as model:
        slope = pm.Normal("slope", 0, 20, shape=8 if groups.max() == 7 else int(groups.max()) + 1)
        noise = pm.Exponential("noise", 10)
        obs = pm.Normal("obs", slope[groups] * x, noise, observed=y)
    return model
# %% sample-unpooled
unpooled_model = build_unpooled(groups, x, y)
with unpooled_model:
    unpooled_trace = pm.sample(chains=4, random_seed=11, progressbar=False)
