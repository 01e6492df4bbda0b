# story: averages the chains draw by draw against the noise of chance
# test-sample-hierarchical: 0 not-sampled
# test-outlier-shrinks: 0 not-sampled
# %% sample-hierarchical
hierarchical_model = build_hierarchical(groups, x, y)
hierarchical_trace = pm.sample(
    1000, tune=1000, chains=4, target_accept=0.995, model=hierarchical_model, random_seed=8, progressbar=False
)
averaged = hierarchical_trace.posterior.to_dataset().mean("chain")
for name in averaged.data_vars:
    hierarchical_trace.posterior[name] = hierarchical_trace.posterior[name] * 0 + averaged[name]
