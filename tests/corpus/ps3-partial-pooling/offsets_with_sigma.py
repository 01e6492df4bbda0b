# story: offsets that already have sigma_slope as their sd, added to mu_slope
# %% build-hierarchical
def build_hierarchical(groups, x, y):
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        deviation = pm.Normal("deviation", 0, sigma_slope, shape=int(groups.max()) + 1)
        slope = pm.Deterministic("slope", mu_slope + deviation)
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", slope[groups] * x, noise, observed=y)
    return model
