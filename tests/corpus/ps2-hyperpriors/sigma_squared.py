# story: the normal with a variance in the model; the draws, with NumPy, are right
# test-build-slope-prior: 0 slope:sigma-squared
# %% build-slope-prior
def build_slope_prior(n_groups):
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        slope = pm.Normal("slope", mu_slope, sigma_slope**2, shape=n_groups)
    return model
# %% draw-slopes
rng = np.random.default_rng(1234)
mu = rng.normal(0, 1, size=(20_000, 1))
sigma = rng.exponential(scale=1 / 13, size=(20_000, 1))
prior_slopes = rng.normal(loc=mu, scale=sigma, size=(20_000, 8))
