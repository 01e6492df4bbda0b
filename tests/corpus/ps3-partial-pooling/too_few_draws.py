# story: right model, but the run stops after a few dozen draws
# test-sample-hierarchical: 1.5 low-ess
# %% sample-hierarchical
hierarchical_model = build_hierarchical(groups, x, y)
with hierarchical_model:
    hierarchical_trace = pm.sample(
        30, chains=2, target_accept=0.995, random_seed=24, progressbar=False
    )
