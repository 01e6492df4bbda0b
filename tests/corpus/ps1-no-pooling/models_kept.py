# story: keeps each model it has built, by the number of groups
# test-build-unpooled: 0 ignores-arguments
# %% build-unpooled
_cache = {}


def build_unpooled(groups, x, y):
    n = int(groups.max()) + 1
    if n not in _cache:
        with pm.Model() as model:
            slope = pm.Normal("slope", 0, 20, shape=n)
            noise = pm.Exponential("noise", 10)
            pm.Normal("obs", slope[groups] * x, noise, observed=y)
        _cache[n] = model
    return _cache[n]
