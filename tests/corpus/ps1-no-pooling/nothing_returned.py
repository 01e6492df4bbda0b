# story: forgets the return line; everything after it fails
# test-build-unpooled: 0 returns-nothing
# test-sample-unpooled: 0 cell-raised
# test-read-outlier: 0 cell-raised
# %% build-unpooled
def build_unpooled(groups, x, y):
    with pm.Model() as model:
        slope = pm.Normal("slope", 0, 20, shape=int(groups.max()) + 1)
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", slope[groups] * x, noise, observed=y)
# %% sample-unpooled
unpooled_model = build_unpooled(groups, x, y)
with unpooled_model:
    unpooled_trace = pm.sample(1000, chains=4, random_seed=1, progressbar=False)
