# story: cuts one chain in four pieces and calls them chains
# test-sample-hierarchical: 1.5 one-step-size
# %% sample-hierarchical
import xarray as xr

hierarchical_model = build_hierarchical(groups, x, y)
one = pm.sample(
    16_000, tune=1000, chains=1, target_accept=0.995,
    model=hierarchical_model, random_seed=5, progressbar=False,
)
pieces = [slice(4000 * i, 4000 * (i + 1)) for i in range(4)]
hierarchical_trace = xr.DataTree.from_dict({
    name: xr.concat(
        [one[name].to_dataset().isel(draw=piece).assign_coords(chain=[i], draw=np.arange(4000))
         for i, piece in enumerate(pieces)],
        dim="chain",
    )
    for name in ("posterior", "sample_stats")
})
