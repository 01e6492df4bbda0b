# story: hardly any warm-up: the chains do not agree
# test-sample-non-centered: 1.5 low-ess
# %% sample-non-centered
non_centered_model = build_non_centered(groups, x, y)
non_centered_trace = pm.sample(
    draws=150, tune=10, chains=4, model=non_centered_model, random_seed=4, progressbar=False
)
