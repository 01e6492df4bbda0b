# story: reports the probability in percent
# test-prior-spread: 0 percent
# %% prior-spread
apart = np.abs(prior_slopes[:, 0] - prior_slopes[:, 1]) > 0.5
p_apart = 100 * apart.mean()
