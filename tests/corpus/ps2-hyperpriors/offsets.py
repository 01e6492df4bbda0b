# story: the prior in offsets, and the probability over all pairs of groups
# %% build-slope-prior
def build_slope_prior(n_groups):
    with pm.Model() as model:
        mu_slope = pm.Normal("mu_slope", 0, 1)
        sigma_slope = pm.Exponential("sigma_slope", 13)
        offset = pm.Normal("offset", 0, 1, shape=n_groups)
        slope = pm.Deterministic("slope", mu_slope + sigma_slope * offset)
    return model
# %% prior-spread
from itertools import combinations

p_apart = np.mean(
    [np.mean(abs(prior_slopes[:, i] - prior_slopes[:, j]) > 0.5) for i, j in combinations(range(8), 2)]
)
