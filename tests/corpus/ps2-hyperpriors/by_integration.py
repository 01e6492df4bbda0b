# story: integrates the probability over sigma_slope instead of counting
# %% prior-spread
from scipy.integrate import quad
from scipy.stats import norm

# the difference of two slopes is Normal(0, sqrt(2) * sigma): mu drops out
def integrand(sigma):
    return 2 * norm.sf(0.5, scale=np.sqrt(2) * sigma) * 13 * np.exp(-13 * sigma)

p_apart, _ = quad(integrand, 0, 5)
