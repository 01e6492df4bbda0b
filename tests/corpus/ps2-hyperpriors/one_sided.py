# story: counts only the draws where group 0 is ahead of group 1
# test-prior-spread: 0 one-sided
# %% prior-spread
p_apart = np.mean(prior_slopes[:, 0] - prior_slopes[:, 1] > 0.5)
