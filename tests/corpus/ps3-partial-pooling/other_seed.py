# story: the reference model with another seed and twice the draws; rounded answers
# %% sample-hierarchical
hierarchical_model = build_hierarchical(groups, x, y)
hierarchical_trace = pm.sample(
    2000, chains=4, target_accept=0.995, model=hierarchical_model, random_seed=99, progressbar=False
)
# %% outlier-shrinks
slope_7 = round(float(hierarchical_trace.posterior["slope"][..., 7].mean()), 2)
slope_7_hdi = np.round(az.hdi(hierarchical_trace, prob=0.94)["slope"][7], 2)
