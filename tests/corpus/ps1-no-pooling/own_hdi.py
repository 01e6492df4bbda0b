# story: writes the shortest interval by hand; the noise's prior as a Gamma(1, 10)
# %% build-unpooled
def build_unpooled(groups, x, y):
    with pm.Model() as model:
        slope = pm.Normal("slope", 0, 20, shape=int(groups.max()) + 1)
        noise = pm.Gamma("noise", alpha=1, beta=10)  # the same as Exponential(10)
        pm.Normal("obs", slope[groups] * x, noise, observed=y)
    return model
# %% read-outlier
def hdi(draws, prob):
    draws = np.sort(draws)
    k = int(prob * len(draws))
    start = np.argmin(draws[k:] - draws[:-k])
    return draws[start], draws[start + k]

outlier_group = 7
outlier_hdi = hdi(unpooled_trace.posterior["slope"].values[:, :, 7].ravel(), 0.94)
