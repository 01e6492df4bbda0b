# story: reads mean and interval off the exact posterior
# %% outlier-shrinks
exact = pooling.exact.hierarchical(groups, x, y)["slope"]
slope_7 = exact.mean[7]
slope_7_hdi = tuple(exact.hdi(0.94)[7])
