# story: calls the slopes beta, as in the statistics lecture, and does not say so
# test-build-unpooled: 0 missing-slope
# test-sample-unpooled: 0 model-wrong
# test-read-outlier: 0 model-wrong
# %% build-unpooled
def build_unpooled(groups, x, y):
    with pm.Model() as model:
        beta = pm.Normal("beta", 0, 20, shape=int(groups.max()) + 1)
        noise = pm.Exponential("noise", 10)
        obs = pm.Normal("obs", beta[groups] * x, noise, observed=y)
    return model
# %% read-outlier
outlier_group = 7
outlier_hdi = az.hdi(unpooled_trace, prob=0.94)["beta"][7].values
