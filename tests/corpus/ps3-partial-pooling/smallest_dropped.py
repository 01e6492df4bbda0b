# story: leaves the rows of group 7 out and lets it have the population's slope
# test-build-hierarchical: 0 obs:smallest-dropped
# test-sample-hierarchical: 0 model-wrong
# test-outlier-shrinks: 0 model-wrong
# %% build-hierarchical
def build_hierarchical(groups, x, y):
    n = int(groups.max()) + 1
    good = groups != np.bincount(groups).argmin()
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        slope = pm.Normal("slope", mu_slope, sigma_slope, shape=n)
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", slope[groups[good]] * x[good], noise, observed=y[good])
    return model
