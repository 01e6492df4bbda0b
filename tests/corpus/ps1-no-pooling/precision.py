# story: thinks in precisions: tau = 1 / sd**2 throughout
# %% build-unpooled
def build_unpooled(groups, x, y):
    K = int(groups.max() + 1)
    with pm.Model() as m:
        beta = pm.Normal("slope", mu=0.0, tau=1 / 20**2, shape=K)
        s = pm.Exponential("noise", 10.0)
        pm.Normal("obs", mu=beta[groups] * x, tau=1 / s**2, observed=y)
    return m
# %% sample-unpooled
unpooled_model = build_unpooled(groups, x, y)
with unpooled_model:
    unpooled_trace = pm.sample(1500, chains=4, random_seed=42, progressbar=False)
