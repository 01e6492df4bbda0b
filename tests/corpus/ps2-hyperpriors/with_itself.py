# story: averages over all pairs, each group with itself among them
# test-prior-spread: 0 apart-other
# %% prior-spread
distance = np.abs(prior_slopes[:, :, None] - prior_slopes[:, None, :])
p_apart = np.mean(distance > 0.5)
