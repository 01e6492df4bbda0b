# story: writes NaN over the divergent draws
# test-sample-non-centered: 0 draws-deleted
# %% sample-non-centered
non_centered_model = build_non_centered(groups, x, y)
run = pm.sample(
    1000, chains=4, target_accept=0.4, model=non_centered_model, random_seed=5, progressbar=False
)
good = ~run["sample_stats"]["diverging"]
run["posterior"] = run["posterior"].to_dataset().where(good)
non_centered_trace = run
