# story: types in an interval, read off the plot with a ruler
# test-read-outlier: 0 not-from-trace
# %% read-outlier
az.plot_forest(unpooled_trace, var_names="slope", combined=True)
outlier_group = 7
outlier_hdi = (8.0, 14.5)
