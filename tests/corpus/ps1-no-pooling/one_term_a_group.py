# story: eight likelihood terms, one for each group, that share one noise
# %% build-unpooled
def build_unpooled(groups, x, y):
    n_groups = groups.max() + 1
    model = pm.Model()
    with model:
        slope = pm.Normal("slope", 0, 20, size=int(n_groups))
        noise = pm.Exponential("noise", 10)
        for j in range(n_groups):
            rows = np.flatnonzero(groups == j)
            pm.Normal(f"obs_{j}", slope[j] * x[rows], noise, observed=y[rows])
    return model
