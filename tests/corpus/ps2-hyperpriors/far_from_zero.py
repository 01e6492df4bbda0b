# story: looks at one slope's distance from zero instead of two slopes' from each other
# test-prior-spread: 0 apart-other
# %% prior-spread
p_apart = np.mean(np.abs(prior_slopes[:, 0]) > 0.5)
