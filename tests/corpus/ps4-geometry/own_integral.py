# story: integrates over sigma_slope and noise on a grid, without any library
# %% prior-sensitivity
def mean_of_slope_7(rate, k=150):
    sxx, sxy = np.bincount(groups, x**2), np.bincount(groups, x * y)
    syy, n = np.bincount(groups, y**2), len(y)
    s = np.exp(np.linspace(np.log(1e-3), np.log(30), k))[:, None, None]
    v = np.exp(np.linspace(np.log(0.2), np.log(1.5), k))[None, :, None] ** 2
    p = s**2 + v / sxx  # variance of a group's own estimate around mu
    b = sxy / sxx
    precision = 1 + (1 / p).sum(-1)
    m = (b / p).sum(-1) / precision
    log_f = -0.5 * (n * np.log(v[..., 0]) + ((syy - sxy * b) / v).sum(-1))
    log_f = log_f - 0.5 * np.log(p / (v / sxx)).sum(-1) - 0.5 * np.log(precision)
    log_f = log_f - 0.5 * ((b**2 / p).sum(-1) - precision * m**2)
    log_f = log_f - rate * s[..., 0] - 10 * np.sqrt(v[..., 0])
    w = np.exp(log_f - log_f.max()) * s[..., 0] * np.sqrt(v[..., 0])
    slope = (b[7] * s[..., 0] ** 2 + m * v[..., 0] / sxx[7]) / p[..., 7]
    return (w * slope).sum() / w.sum()

slope_7_by_rate = {rate: mean_of_slope_7(rate) for rate in (1, 5, 13, 50)}
