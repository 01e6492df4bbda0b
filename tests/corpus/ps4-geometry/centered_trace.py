# story: a non-centered model, and the trace of the centered one
# test-sample-non-centered: 1.5 centered-trace
# %% sample-non-centered
non_centered_model = build_non_centered(groups, x, y)
non_centered_trace = pm.sample(
    2000, tune=1000, chains=4, target_accept=0.995,
    model=pooling.models.build_hierarchical(groups, x, y), random_seed=1, progressbar=False,
)
