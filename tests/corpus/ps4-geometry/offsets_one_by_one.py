# story: one scalar offset for each group, stacked
# %% build-non-centered
import pytensor.tensor as pt

def build_non_centered(groups, x, y):
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", scale=1 / 13)
        slopes = []
        for g in range(groups.max() + 1):
            z = pm.Normal(f"z_{g}", 0, 1)
            slopes.append(mu_slope + sigma_slope * z)
        slope = pm.Deterministic("slope", pt.stack(slopes))
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", slope[groups] * x, noise, observed=y)
    return model
