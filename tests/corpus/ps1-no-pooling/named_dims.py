# story: names the groups with coords and dims instead of a shape
# %% build-unpooled
def build_unpooled(groups, x, y):
    n = int(groups.max()) + 1
    coords = {"group": [f"group {g}" for g in range(n)], "row": np.arange(y.size)}
    with pm.Model(coords=coords) as no_pooling:
        slope = pm.Normal("slope", mu=0, sigma=20, dims="group")
        noise = pm.Exponential("noise", lam=10)
        pm.Normal("obs", mu=slope[groups] * x, sigma=noise, observed=y, dims="row")
    return no_pooling
# %% read-outlier
means = unpooled_trace.posterior["slope"].mean(dim=["chain", "draw"])
outlier_group = int(abs(means - means.median()).argmax())
outlier_hdi = az.hdi(unpooled_trace.posterior["slope"].isel(group=outlier_group), prob=0.94)
