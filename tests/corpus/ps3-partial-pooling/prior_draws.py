# story: the prior's draws under the name of the posterior's
# test-sample-hierarchical: 0 prior-draws
# test-outlier-shrinks: 0 prior-draws
# %% sample-hierarchical
hierarchical_model = build_hierarchical(groups, x, y)
prior = pm.sample_prior_predictive(draws=2000, model=hierarchical_model, random_seed=1)
prior["posterior"] = prior["prior"].to_dataset()
hierarchical_trace = prior
