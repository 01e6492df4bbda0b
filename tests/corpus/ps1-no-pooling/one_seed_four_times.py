# story: four runs, each with the same seed, joined as four chains
# test-sample-unpooled: 1 chains-alike
# %% sample-unpooled
import xarray as xr

unpooled_model = build_unpooled(groups, x, y)
runs = [
    pm.sample(chains=1, model=unpooled_model, random_seed=1, progressbar=False) for _ in range(4)
]
unpooled_trace = xr.DataTree.from_dict({
    group: xr.concat(
        [run[group].to_dataset().assign_coords(chain=[i]) for i, run in enumerate(runs)],
        dim="chain",
    )
    for group in ("posterior", "sample_stats")
})
