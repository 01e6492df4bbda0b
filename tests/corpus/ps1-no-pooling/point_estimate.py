# story: the most probable point by pm.find_MAP instead of a sample
# test-sample-unpooled: 0 point-estimate
# test-read-outlier: 0 point-estimate
# %% sample-unpooled
unpooled_model = build_unpooled(groups, x, y)
unpooled_trace = pm.find_MAP(model=unpooled_model, progressbar=False)
# %% read-outlier
slopes = unpooled_trace["slope"]
outlier_group = int(slopes.argmax())
se = unpooled_trace["noise"] / np.sqrt(np.sum(x[groups == outlier_group] ** 2))
outlier_hdi = (slopes[outlier_group] - 1.88 * se, slopes[outlier_group] + 1.88 * se)
