# story: writes the normal density of the slopes by hand, without the logarithm of its sd
# test-build-slope-prior: 0 density-part
# %% build-slope-prior
def build_slope_prior(n_groups):
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        slope = pm.Flat("slope", shape=n_groups, initval=np.zeros(n_groups))
        z = (slope - mu_slope) / sigma_slope
        pm.Potential("slope_prior", -0.5 * (z**2).sum())
    return model
# %% draw-slopes
rng = np.random.default_rng(6)
mu, sigma = rng.normal(0, 1, (20_000, 1)), rng.exponential(1 / 13, (20_000, 1))
prior_slopes = rng.normal(mu, sigma, (20_000, 8))
