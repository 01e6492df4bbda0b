# story: tries power scaling, without the log prior that it needs
# test-prior-sensitivity: 0 cell-raised:log-prior
# %% prior-sensitivity
with non_centered_model:
    pm.compute_log_likelihood(non_centered_trace, progressbar=False)
sensitivity = az.psense_summary(non_centered_trace, var_names=["sigma_slope"])
slope_7_by_rate = {rate: sensitivity["prior"].iloc[0] * rate for rate in (1, 5, 13, 50)}
