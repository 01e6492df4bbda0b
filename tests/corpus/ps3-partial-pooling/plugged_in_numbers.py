# story: estimates the mean and the sd of the slopes and writes them in as numbers
# test-build-hierarchical: 0 plugged-in
# test-sample-hierarchical: 0 model-wrong
# test-outlier-shrinks: 0 model-wrong
# %% build-hierarchical
def build_hierarchical(groups, x, y):
    n_groups = int(groups.max()) + 1
    slopes = [np.polyfit(x[groups == g], y[groups == g], 1)[0] for g in range(n_groups)]
    mu_slope, sigma_slope = np.median(slopes), 0.1
    with pm.Model() as model:
        slope = pm.Normal("slope", mu_slope, sigma_slope, shape=n_groups)
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", slope[groups] * x, noise, observed=y)
    return model
