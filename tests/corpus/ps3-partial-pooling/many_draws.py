# story: centered at 0.98, and more draws to make up for it
# %% sample-hierarchical
hierarchical_model = build_hierarchical(groups, x, y)
hierarchical_trace = pm.sample(
    draws=4000,
    tune=1000,
    chains=4,
    target_accept=0.98,
    model=hierarchical_model,
    random_seed=31,
    progressbar=False,
)
# %% outlier-shrinks
slope_7 = hierarchical_trace.posterior["slope"].sel(group=7).mean().item()
slope_7_hdi = az.hdi(hierarchical_trace, prob=0.94)["slope"].sel(group=7).to_numpy()
