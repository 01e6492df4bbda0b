# story: the exponential as a Gamma with shape 1
# %% build-slope-prior
def build_slope_prior(n_groups):
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Gamma("sigma_slope", alpha=1, beta=13)
        slope = pm.Normal("slope", mu_slope, sigma_slope, shape=(n_groups,))
    return model
