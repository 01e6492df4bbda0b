# story: no shape: the hyperpriors stand above one single slope
# test-build-hierarchical: 0 slope-scalar
# test-sample-hierarchical: 0 model-wrong
# test-outlier-shrinks: 0 model-wrong
# %% build-hierarchical
def build_hierarchical(groups, x, y):
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        slope = pm.Normal("slope", mu_slope, sigma_slope)
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", slope * x, noise, observed=y)
    return model
# %% outlier-shrinks
slope_7 = float(hierarchical_trace.posterior["slope"].mean())
slope_7_hdi = az.hdi(hierarchical_trace, prob=0.94)["slope"].values
