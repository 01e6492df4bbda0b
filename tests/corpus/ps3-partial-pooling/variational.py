# story: a variational fit, quick and smooth, handed in as the posterior
# test-sample-hierarchical: 0 variational
# test-outlier-shrinks: 0 variational
# %% sample-hierarchical
hierarchical_model = build_hierarchical(groups, x, y)
with hierarchical_model:
    approximation = pm.fit(20_000, method="advi", random_seed=1, progressbar=False)
hierarchical_trace = approximation.sample(4000, random_seed=1)
