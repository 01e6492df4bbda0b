# story: only the last group is non-centered, for it has the fewest rows
# %% build-hierarchical
import pytensor.tensor as pt

def build_hierarchical(groups, x, y):
    K = int(groups.max()) + 1
    with pm.Model() as model:
        mu = pm.Normal("mu_slope", 0, 1)
        tau = pm.Exponential("sigma_slope", 13)
        most = pm.Normal("most", mu, tau, shape=K - 1)
        z = pm.Normal("z")
        slope = pm.Deterministic("slope", pt.concatenate([most, [mu + tau * z]]))
        noise = pm.Exponential("noise", 10)
        pm.Normal("obs", slope[groups] * x, noise, observed=y)
    return model
