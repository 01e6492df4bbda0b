# story: reads group and interval off az.summary, PyMC's own sampler, two chains
# %% sample-unpooled
unpooled_model = build_unpooled(groups, x, y)
with unpooled_model:
    unpooled_trace = pm.sample(
        1000, tune=500, chains=2, nuts_sampler="pymc", random_seed=8, progressbar=False
    )
# %% read-outlier
table = az.summary(unpooled_trace, var_names=["slope"], ci_kind="hdi", ci_prob=0.94, round_to=3)
table = table.astype(float)
outlier_group = int(np.argmax(np.abs(table["mean"] - table["mean"].median())))
low, high = [c for c in table.columns if c.startswith("hdi")]
outlier_hdi = list(table[[low, high]].iloc[outlier_group])
