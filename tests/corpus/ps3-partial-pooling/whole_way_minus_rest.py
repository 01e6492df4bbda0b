# story: shrinkage as one minus the rest of the way; the numbers from a table
# %% outlier-shrinks
summary = az.summary(
    hierarchical_trace, var_names="slope", ci_kind="hdi", ci_prob=0.94, round_to=4
).astype(float)
row = summary.iloc[7]
slope_7 = row["mean"]
slope_7_hdi = [row[c] for c in summary.columns if c.startswith("hdi")]
# %% measure-shrinkage
def shrinkage(unpooled, partial, population):
    rest = np.subtract(partial, population)
    whole = np.subtract(unpooled, population)
    return 1 - rest / whole
