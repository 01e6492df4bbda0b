# story: numbers the groups anew, by where each appears first
# test-build-hierarchical: 0 obs:groups
# %% build-hierarchical
import pandas as pd


def build_hierarchical(groups, x, y):
    number, found = pd.factorize(groups)
    with pm.Model(coords={"group": found}) as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        slope = pm.Normal("slope", mu_slope, sigma_slope, dims="group")
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", slope[number] * x, noise, observed=y)
    return model
