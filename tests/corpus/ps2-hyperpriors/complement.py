# story: the probability that they are close, not apart
# test-prior-spread: 0 not-apart
# %% prior-spread
difference = prior_slopes[:, 0] - prior_slopes[:, 1]
p_apart = np.mean((difference > -0.5) & (difference < 0.5))
