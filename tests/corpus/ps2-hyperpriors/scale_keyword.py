# story: says the mean of the exponential instead of its rate, with scale=1/13
# %% build-slope-prior
def build_slope_prior(n_groups):
    with pm.Model() as model:
        mu = pm.Normal("mu_slope")
        sd = pm.Exponential("sigma_slope", scale=1 / 13)  # 0.077 on average
        pm.Normal("slope", mu, sd, size=n_groups)
    return model
# %% prior-spread
differences = np.diff(prior_slopes, axis=1)[:, ::2]  # 0 and 1, 2 and 3, 4 and 5, 6 and 7
p_apart = (np.abs(differences) > 0.5).mean()
