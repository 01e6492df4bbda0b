# story: NUTS for the slopes and slice sampling for the noise
# %% sample-unpooled
unpooled_model = build_unpooled(groups, x, y)
with unpooled_model:
    unpooled_trace = pm.sample(
        2000,
        chains=4,
        step=[pm.NUTS([unpooled_model["slope"]]), pm.Slice([unpooled_model["noise"]])],
        random_seed=1,
        progressbar=False,
    )
