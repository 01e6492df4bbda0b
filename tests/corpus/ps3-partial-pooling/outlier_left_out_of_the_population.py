# story: gives the last group the wide prior of the exercise before
# test-build-hierarchical: 0 slope:group-apart
# test-sample-hierarchical: 0 model-wrong
# test-outlier-shrinks: 0 no-shrinkage
# %% build-hierarchical
def build_hierarchical(groups, x, y):
    n_groups = int(groups.max()) + 1
    last = np.arange(n_groups) == n_groups - 1
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        mean = pm.math.where(last, 0.0, mu_slope)
        sd = pm.math.where(last, 20.0, sigma_slope)
        slope = pm.Normal("slope", mean, sd, shape=n_groups)
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", slope[groups] * x, noise, observed=y)
    return model
