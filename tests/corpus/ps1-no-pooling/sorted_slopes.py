# story: an ordered transform, so that the plot looks tidy
# test-build-unpooled: 0 support-order
# test-sample-unpooled: 0 model-wrong
# test-read-outlier: 0 model-wrong
# %% build-unpooled
def build_unpooled(groups, x, y):
    n_groups = int(groups.max()) + 1
    with pm.Model() as model:
        slope = pm.Normal(
            "slope", 0, 20, shape=n_groups, initval=np.arange(n_groups),
            transform=pm.distributions.transforms.ordered,
        )
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", slope[groups] * x, noise, observed=y)
    return model
