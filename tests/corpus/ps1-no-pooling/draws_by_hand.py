# story: least squares and normal draws around it, in the shape of a trace
# test-sample-unpooled: 0 drawn-by-hand
# test-read-outlier: 0 drawn-by-hand
# %% sample-unpooled
unpooled_model = build_unpooled(groups, x, y)
rng = np.random.default_rng(1)
sxx = np.bincount(groups, x**2)
estimate = np.bincount(groups, x * y) / sxx
draws = rng.normal(estimate, 0.5 / np.sqrt(sxx), size=(4, 1000, 8))
unpooled_trace = az.from_dict(
    {"posterior": {"slope": draws, "noise": rng.normal(0.5, 0.03, (4, 1000))}}
)
# %% read-outlier
outlier_group = 7
outlier_hdi = az.hdi(unpooled_trace, prob=0.94)["slope"].values[7]
