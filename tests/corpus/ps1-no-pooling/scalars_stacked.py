# story: a loop of scalar slopes, stacked, with precisions instead of sds
# %% build-unpooled
def build_unpooled(groups, x, y):
    with pm.Model() as model:
        slopes = [pm.Normal(f"slope_{i}", 0, tau=1 / 400) for i in range(groups.max() + 1)]
        slope = pm.Deterministic("slope", pm.math.stack(slopes))
        noise = pm.Exponential("noise", scale=0.1)
        pm.Normal("obs", slope[groups] * x, tau=noise**-2, observed=y)
    return model
