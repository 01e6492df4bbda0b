# story: non-centered and "fixed", but with steps so long that it diverges all the same
# test-sample-non-centered: 1.5 divergences
# %% sample-non-centered
non_centered_model = build_non_centered(groups, x, y)
non_centered_trace = pm.sample(
    1000, chains=4, target_accept=0.3, model=non_centered_model, random_seed=4, progressbar=False
)
