# story: non-centered, one chain
# test-sample-non-centered: 1.5 one-chain
# %% sample-non-centered
non_centered_model = build_non_centered(groups, x, y)
with non_centered_model:
    non_centered_trace = pm.sample(
        4000, chains=1, target_accept=0.95, random_seed=1, progressbar=False
    )
