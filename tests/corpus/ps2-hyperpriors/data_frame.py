# story: keeps the draws in a pandas table, one column for each group
# %% draw-slopes
import pandas as pd

drawn = pm.draw(build_slope_prior(8)["slope"], draws=10_000, random_seed=77)
prior_slopes = pd.DataFrame(drawn, columns=[f"group {g}" for g in range(8)])
# %% prior-spread
gap = (prior_slopes["group 2"] - prior_slopes["group 5"]).abs()
p_apart = gap.gt(0.5).mean()
