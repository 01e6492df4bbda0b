# story: writes the model with pymc.dims, whose variables know the names of their axes
# %% build-hierarchical
import pymc.dims as pmd


def build_hierarchical(groups, x, y):
    coords = {"group": np.arange(groups.max() + 1), "row": np.arange(len(y))}
    with pm.Model(coords=coords) as model:
        mu_slope = pmd.Normal("mu_slope", mu=0, sigma=1)
        sigma_slope = pmd.Exponential("sigma_slope", lam=13)
        slope = pmd.Normal("slope", mu=mu_slope, sigma=sigma_slope, dims="group")
        noise = pmd.Exponential("noise", lam=10)
        of_row = slope.isel(group=pmd.Data("of_row", groups, dims="row"))
        mean = of_row * pmd.Data("x", x, dims="row")
        pmd.Normal("obs", mu=mean, sigma=noise, observed=pmd.as_xtensor(y, dims=("row",)))
    return model
