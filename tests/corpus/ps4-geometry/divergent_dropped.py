# story: drops every draw at which a chain diverged
# test-sample-non-centered: 0 draws-deleted
# %% sample-non-centered
non_centered_model = build_non_centered(groups, x, y)
run = pm.sample(
    1000, chains=4, target_accept=0.4, model=non_centered_model, random_seed=8, progressbar=False
)
clean = ~run.sample_stats["diverging"].any("chain").values
non_centered_trace = run.sel(draw=run.posterior["draw"].values[clean])
