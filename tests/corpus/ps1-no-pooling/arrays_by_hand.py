# story: a dictionary of NumPy draws takes the place of the trace
# test-sample-unpooled: 0 drawn-by-hand
# test-read-outlier: 0 drawn-by-hand
# %% sample-unpooled
unpooled_model = build_unpooled(groups, x, y)
np.random.seed(7)
centers = [2.0, 1.9, 2.1, 2.0, 1.9, 2.0, 2.1, 11.0]
unpooled_trace = {
    "slope": np.random.normal(centers, 0.2, size=(4000, 8)),
    "noise": np.random.normal(0.5, 0.05, size=4000),
}
# %% read-outlier
outlier_group = 7
outlier_hdi = tuple(np.quantile(unpooled_trace["slope"][:, 7], [0.03, 0.97]))
