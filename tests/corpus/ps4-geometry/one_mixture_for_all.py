# story: writes the Student-t as a mixture, with one variable for all rows
# test-build-robust: 0 one-too-many
# %% build-robust
def build_robust(groups, x, y):
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        slope = pm.Normal("slope", mu_slope, sigma_slope, shape=int(groups.max()) + 1)
        noise = pm.Exponential("noise", 10)
        w = pm.Gamma("w", 2, 2)
        pm.Normal("obs", mu=slope[groups] * x, sigma=noise / pm.math.sqrt(w), observed=y)
    return model
