# story: draws with pm.draw, all three variables at once
# %% build-slope-prior
def build_slope_prior(n_groups):
    with pm.Model() as prior:
        mu_slope = pm.Normal("mu_slope", mu=0, sigma=1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        slope = pm.Normal("slope", mu=mu_slope, sigma=sigma_slope, shape=n_groups)
    return prior
# %% draw-slopes
prior = build_slope_prior(8)
mus, sigmas, prior_slopes = pm.draw(
    [prior["mu_slope"], prior["sigma_slope"], prior["slope"]], draws=5000, random_seed=314
)
