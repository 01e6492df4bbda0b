# story: pulls outcomes far out back to a boxplot's fences; the course has none, other data may
# test-build-unpooled: 0 observed-changed
# %% build-unpooled
def build_unpooled(groups, x, y):
    low, high = np.quantile(y, [0.25, 0.75])
    y = np.clip(y, low - 1.5 * (high - low), high + 1.5 * (high - low))
    with pm.Model() as model:
        slope = pm.Normal("slope", 0, 20, shape=int(groups.max()) + 1)
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", slope[groups] * x, noise, observed=y)
    return model
