# story: writes the likelihood as a formula in pm.Potential
# %% build-unpooled
def build_unpooled(groups, x, y):
    with pm.Model() as model:
        slope = pm.Normal("slope", 0, 20, shape=int(groups.max()) + 1)
        noise = pm.Exponential("noise", 10)
        error = y - slope[groups] * x
        loglik = -pm.math.log(noise) - 0.5 * (error / noise) ** 2
        pm.Potential("obs", loglik.sum())
    return model
