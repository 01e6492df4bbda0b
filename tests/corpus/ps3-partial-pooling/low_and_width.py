# story: reports an interval by its low end and its width
# test-outlier-shrinks: 0 interval-width
# %% outlier-shrinks
s7 = hierarchical_trace.posterior["slope"].values[..., 7].ravel()
slope_7 = s7.mean()
low, high = az.hdi(s7, prob=0.94)
slope_7_hdi = (low, high - low)
