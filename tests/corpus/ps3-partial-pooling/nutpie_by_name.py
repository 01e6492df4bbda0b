# story: asks for nutpie by name, with a long warm-up
# %% sample-hierarchical
hierarchical_model = build_hierarchical(groups, x, y)
with hierarchical_model:
    hierarchical_trace = pm.sample(
        draws=1500, tune=1500, chains=4, nuts_sampler="nutpie", target_accept=0.995,
        random_seed=2024, progressbar=False,
    )
