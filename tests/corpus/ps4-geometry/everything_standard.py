# story: even mu_slope and sigma_slope are made of standard variables
# %% build-non-centered
def build_non_centered(groups, x, y):
    n_groups = int(groups.max()) + 1
    with pm.Model() as model:
        m = pm.Normal("m")
        e = pm.Exponential("e", 1)
        z = pm.Normal("z", shape=n_groups)
        mu_slope = pm.Deterministic("mu_slope", 1.0 * m)
        sigma_slope = pm.Deterministic("sigma_slope", e / 13)
        slope = pm.Deterministic("slope", mu_slope + sigma_slope * z)
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", slope[groups] * x, noise, observed=y)
    return model
