# story: calls the variables beta and sigma, and says so in NAMES
# %% build-unpooled
NAMES = {"slope": "beta", "noise": "sigma", "obs": "y"}

def build_unpooled(groups, x, y):
    with pm.Model() as model:
        beta = pm.Normal("beta", 0, 20, shape=int(groups.max()) + 1)
        sigma = pm.Exponential("sigma", 10)
        pm.Normal("y", beta[groups] * x, sigma, observed=y)
    return model
# %% read-outlier
outlier_group = 7
outlier_hdi = az.hdi(unpooled_trace, prob=0.94)["beta"][7].values
