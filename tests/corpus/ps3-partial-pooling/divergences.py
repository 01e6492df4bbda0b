# story: right model, steps far too long: a lot of divergences
# test-sample-hierarchical: 1.5 divergences
# %% sample-hierarchical
hierarchical_model = build_hierarchical(groups, x, y)
hierarchical_trace = pm.sample(
    draws=1000, chains=4, target_accept=0.4, model=hierarchical_model, random_seed=3,
    progressbar=False,
)
