# story: writes the rate with its keyword, lam
# %% build-slope-prior
def build_slope_prior(n_groups):
    names = [f"g{i}" for i in range(n_groups)]
    with pm.Model(coords={"group": names}) as model:
        mu_slope = pm.Normal("mu_slope", mu=0, sigma=1)
        sigma_slope = pm.Exponential("sigma_slope", lam=13)
        pm.Normal("slope", mu=mu_slope, sigma=sigma_slope, dims="group")
    return model
