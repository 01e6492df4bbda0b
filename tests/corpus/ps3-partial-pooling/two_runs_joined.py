# story: two runs of the same model, joined along their draws, to have more of them
# %% sample-hierarchical
import xarray as xr

hierarchical_model = build_hierarchical(groups, x, y)
runs = [
    pm.sample(
        3000, tune=1000, chains=4, target_accept=0.995, model=hierarchical_model,
        random_seed=seed, progressbar=False,
    )
    for seed in (1, 2)
]
hierarchical_trace = xr.DataTree.from_dict({
    group: xr.concat([run[group].to_dataset() for run in runs], dim="draw", coords="minimal")
    for group in ("posterior", "sample_stats")
})
