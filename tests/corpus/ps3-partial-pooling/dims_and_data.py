# story: dims, coords and pm.Data, and intervals from a summary table
# %% build-hierarchical
def build_hierarchical(groups, x, y):
    coords = {"group": [f"group {i}" for i in range(groups.max() + 1)], "row": range(len(y))}
    with pm.Model(coords=coords) as model:
        x_ = pm.Data("x", x, dims="row")
        groups_ = pm.Data("groups", groups, dims="row")
        mu_slope = pm.Normal("mu_slope", mu=0, sigma=1)
        sigma_slope = pm.Exponential("sigma_slope", lam=13)
        slope = pm.Normal("slope", mu=mu_slope, sigma=sigma_slope, dims="group")
        noise = pm.Exponential("noise", scale=1 / 10)
        mean = pm.Deterministic("mean", slope[groups_] * x_, dims="row")
        pm.Normal("obs", mean, noise, observed=pm.Data("y", y, dims="row"), dims="row")
    return model
