# story: offsets that add up to zero
# test-build-hierarchical: 0 zero-sum
# test-sample-hierarchical: 0 model-wrong
# test-outlier-shrinks: 0 model-wrong
# %% build-hierarchical
def build_hierarchical(groups, x, y):
    with pm.Model(coords={"group": range(groups.max() + 1)}) as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        z = pm.ZeroSumNormal("z", dims="group")
        slope = pm.Deterministic("slope", mu_slope + sigma_slope * z, dims="group")
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", slope[groups] * x, noise, observed=y)
    return model
