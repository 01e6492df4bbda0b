# story: takes the draws out of sample_prior_predictive, chain dimension and all
# %% draw-slopes
slope_prior = build_slope_prior(8)
with slope_prior:
    idata = pm.sample_prior_predictive(draws=1000, random_seed=11)
prior_slopes = idata.prior["slope"]
# %% prior-spread
first = prior_slopes.isel(group=0)
last = prior_slopes.isel(group=-1)
p_apart = float((abs(first - last) > 0.5).mean())
