# story: sixty draws, drawn with replacement until there were four thousand
# test-sample-unpooled: 0 draws-repeated
# test-read-outlier: 0 draws-repeated
# %% sample-unpooled
import xarray as xr

unpooled_model = build_unpooled(groups, x, y)
run = pm.sample(chains=1, draws=60, model=unpooled_model, random_seed=1, progressbar=False)
rng = np.random.default_rng(1)
chosen = rng.integers(60, size=(4, 1000))
unpooled_trace = xr.DataTree.from_dict({
    group: xr.concat(
        [
            run[group].to_dataset().isel(draw=c).assign_coords(chain=[i], draw=np.arange(1000))
            for i, c in enumerate(chosen)
        ],
        dim="chain",
    )
    for group in ("posterior", "sample_stats")
})
