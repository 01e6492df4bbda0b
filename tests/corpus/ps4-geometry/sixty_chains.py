# story: sixty chains at once, each too short to forget where it began
# test-sample-non-centered: 1.5 r-hat
# %% sample-non-centered
non_centered_model = build_non_centered(groups, x, y)
with non_centered_model:
    non_centered_trace = pm.sample(
        draws=30, tune=30, chains=60, target_accept=0.9, random_seed=3, progressbar=False
    )
