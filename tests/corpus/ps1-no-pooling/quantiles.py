# story: reports quantiles that are nearly the HDI
# test-read-outlier: 0 equal-tailed
# %% read-outlier
outlier_group = 7
_s = unpooled_trace.posterior["slope"].values[:, :, 7].ravel()
outlier_hdi = tuple(np.quantile(_s, [0.03, 0.97]))
