# story: estimates mu_slope and sigma_slope from the data and fixes them, with their names
# test-build-hierarchical: 0 plugged-in
# test-sample-hierarchical: 0 model-wrong
# test-outlier-shrinks: 0 model-wrong
# %% build-hierarchical
import pytensor.tensor as pt

def build_hierarchical(groups, x, y):
    estimate = np.bincount(groups, x * y) / np.bincount(groups, x**2)
    center, spread = np.median(estimate), np.ptp(np.sort(estimate)[1:-1]) / 3
    with pm.Model() as model:
        mu_slope = pm.Deterministic("mu_slope", pt.as_tensor(center))
        sigma_slope = pm.Deterministic("sigma_slope", pt.as_tensor(spread))
        slope = pm.Normal("slope", mu_slope, sigma_slope, shape=len(estimate))
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", slope[groups] * x, noise, observed=y)
    return model
