# story: quantiles for the interval; absolute values in the shrinkage
# test-outlier-shrinks: 0 equal-tailed
# test-measure-shrinkage: 0 share-absolute
# %% outlier-shrinks
draws = hierarchical_trace.posterior["slope"].stack(sample=("chain", "draw"))[7]
slope_7 = float(draws.mean())
slope_7_hdi = tuple(np.quantile(draws, [0.03, 0.97]))
# %% measure-shrinkage
def shrinkage(unpooled, partial, population):
    return abs(unpooled - partial) / abs(unpooled - population)
