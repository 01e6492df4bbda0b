# story: right model, but the trace is that of exercise 1
# test-sample-hierarchical: 0 unpooled-trace
# test-outlier-shrinks: 0 no-shrinkage
# %% sample-hierarchical
hierarchical_model = build_hierarchical(groups, x, y)
unpooled_model = pooling.models.build_unpooled(groups, x, y)
with unpooled_model:
    hierarchical_trace = pm.sample(1000, chains=4, random_seed=1, progressbar=False)
