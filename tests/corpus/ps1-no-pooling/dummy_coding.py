# story: takes the first group for the reference, and differences from it for the others
# test-build-unpooled: 0 slope:contrasts
# test-sample-unpooled: 0 model-wrong
# test-read-outlier: 0 model-wrong
# %% build-unpooled
import pandas as pd


def build_unpooled(groups, x, y):
    n = int(groups.max()) + 1
    D = pd.get_dummies(pd.Categorical(groups, categories=range(n)), drop_first=True).to_numpy(float)
    with pm.Model() as model:
        base = pm.Normal("base", 0, 20)
        delta = pm.Normal("delta", 0, 20, shape=n - 1)
        slope = pm.Deterministic("slope", pm.math.concatenate([base[None], base + delta]))
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", (base + pm.math.dot(D, delta)) * x, noise, observed=y)
    return model
