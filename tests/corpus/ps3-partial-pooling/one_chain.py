# story: right model, one chain: the points are half, the message says what to change
# test-sample-hierarchical: 1.5 one-chain
# %% sample-hierarchical
hierarchical_model = build_hierarchical(groups, x, y)
hierarchical_trace = pm.sample(
    2000, chains=1, target_accept=0.995, model=hierarchical_model, random_seed=5, progressbar=False
)
