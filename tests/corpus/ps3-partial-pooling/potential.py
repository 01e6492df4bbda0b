# story: the likelihood through pm.Potential and pm.logp
# %% build-hierarchical
def build_hierarchical(groups, x, y):
    with pm.Model(coords={"group": np.arange(groups.max() + 1)}) as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        slope = pm.Normal("slope", mu_slope, sigma_slope, dims="group")
        noise = pm.Exponential("noise", 10)
        rows = pm.Normal.dist(slope[groups] * x, noise)
        pm.Potential("obs", pm.logp(rows, y))
    return model
