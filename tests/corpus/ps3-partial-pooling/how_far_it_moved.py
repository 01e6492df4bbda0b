# story: answers how far the slope has moved
# test-outlier-shrinks: 0 distance-moved
# %% outlier-shrinks
in_7 = groups == 7
ols = (x[in_7] @ y[in_7]) / (x[in_7] @ x[in_7])
s7 = hierarchical_trace.posterior["slope"].values[..., 7].ravel() - ols
slope_7 = s7.mean()
slope_7_hdi = tuple(az.hdi(s7, prob=0.94))
