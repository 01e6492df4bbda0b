# story: right model, one long chain
# test-sample-unpooled: 1 one-chain
# %% sample-unpooled
unpooled_model = build_unpooled(groups, x, y)
unpooled_trace = pm.sample(
    draws=4000, chains=1, model=unpooled_model, random_seed=123, progressbar=False
)
