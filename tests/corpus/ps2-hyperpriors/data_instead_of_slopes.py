# story: simulates data sets from the prior, noise and all, and hands in those
# test-draw-slopes: 0 draws-shape
# test-prior-spread: 0 prior-not-used
# %% draw-slopes
with build_slope_prior(8) as model:
    noise = pm.Exponential("noise", 10)
    pm.Normal("obs", model["slope"][groups] * x, noise, observed=y)
    simulated = pm.sample_prior_predictive(draws=1000, random_seed=4)
prior_slopes = simulated.prior_predictive["obs"].values[0]
# %% prior-spread
p_apart = np.mean(np.abs(prior_slopes[:, 0] - prior_slopes[:, -1]) > 0.5)
