# story: a bracket left open in the model
# test-build-hierarchical: 0 undefined
# test-sample-hierarchical: 0 cell-raised
# test-outlier-shrinks: 0 cell-raised
# %% build-hierarchical
def build_hierarchical(groups, x, y):
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1
        sigma_slope = pm.Exponential("sigma_slope", 13)
    return model
# %% sample-hierarchical
hierarchical_model = ...
hierarchical_trace = ...
hierarchical_model = build_hierarchical(groups, x, y)
hierarchical_trace = pm.sample(chains=4, model=hierarchical_model)
# %% outlier-shrinks
slope_7 = ...
slope_7_hdi = ...
slope_7 = float(hierarchical_trace.posterior["slope"].mean(("chain", "draw"))[7])
