# story: takes the degrees of freedom of a t-test
# base: released
# test-build-robust: 0 obs:nu
# test-build-non-centered: 0 not-written
# test-sample-non-centered: 0 not-written
# test-prior-sensitivity: 0 not-written
# %% build-robust
def build_robust(groups, x, y):
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        slope = pm.Normal("slope", mu_slope, sigma_slope, shape=int(groups.max()) + 1)
        noise = pm.Exponential("noise", 10)
        pm.StudentT("obs", nu=len(y) - 1, mu=slope[groups] * x, sigma=noise, observed=y)
    return model
