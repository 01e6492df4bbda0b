# story: SciPy's distributions, drawn in a loop over the pairs (mu, sigma)
# %% draw-slopes
from scipy import stats

rng = np.random.default_rng(2718)
n_draws = 4000
mus = stats.norm(0, 1).rvs(n_draws, random_state=rng)
sigmas = stats.expon(scale=1 / 13).rvs(n_draws, random_state=rng)
prior_slopes = np.empty((n_draws, data.n_groups))
for i in range(n_draws):
    prior_slopes[i] = stats.norm(mus[i], sigmas[i]).rvs(data.n_groups, random_state=rng)
