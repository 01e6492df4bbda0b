# story: one slope, no hyperpriors: an ordinary regression
# test-build-hierarchical: 0 one-slope
# test-sample-hierarchical: 0 model-wrong
# test-outlier-shrinks: 0 model-wrong
# %% build-hierarchical
def build_hierarchical(groups, x, y):
    with pm.Model() as model:
        slope = pm.Normal("slope", 0, 1)
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", mu=slope * x, sigma=noise, observed=y)
    return model
# %% outlier-shrinks
slope_7 = float(hierarchical_trace.posterior["slope"].mean())
slope_7_hdi = tuple(az.hdi(hierarchical_trace, prob=0.94)["slope"].values)
