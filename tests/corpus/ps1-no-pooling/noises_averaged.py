# story: eight noises, and their mean under the name that was asked for
# test-build-unpooled: 0 noise-per-group
# test-sample-unpooled: 0 model-wrong
# test-read-outlier: 0 model-wrong
# %% build-unpooled
def build_unpooled(groups, x, y):
    k = int(groups.max()) + 1
    with pm.Model() as model:
        slope = pm.Normal("slope", 0, 20, shape=k)
        sigmas = pm.Exponential("sigmas", 10, shape=k)
        pm.Deterministic("noise", sigmas.mean())
        pm.Normal("obs", slope[groups] * x, sigmas[groups], observed=y)
    return model
