# story: sample_prior_predictive(samples=...), from a tutorial for an older PyMC
# test-draw-slopes: 0 cell-raised:samples
# test-prior-spread: 0 cell-raised
# %% draw-slopes
with build_slope_prior(8):
    prior = pm.sample_prior_predictive(samples=5000, random_seed=1)
prior_slopes = prior.prior["slope"].values.reshape(-1, 8)
