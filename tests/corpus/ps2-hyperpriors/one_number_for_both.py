# story: makes mu and sigma of the same uniform number
# test-draw-slopes: 0 draws-tied
# %% draw-slopes
from scipy import stats
rng = np.random.default_rng(6)
u = rng.uniform(size=(20_000, 1))
mu, sigma = stats.norm.ppf(u), stats.expon.ppf(u, scale=1 / 13)
prior_slopes = mu + sigma * rng.standard_normal((20_000, 8))
