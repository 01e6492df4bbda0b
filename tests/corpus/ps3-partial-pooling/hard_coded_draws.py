# story: right model, but the "trace" is typed-in normal draws around two
# test-sample-hierarchical: 0 drawn-by-hand
# test-outlier-shrinks: 0 drawn-by-hand
# %% sample-hierarchical
hierarchical_model = build_hierarchical(groups, x, y)
rng = np.random.default_rng(0)
hierarchical_trace = az.from_dict(
    {
        "posterior": {
            "mu_slope": rng.normal(2, 0.05, (4, 1000)),
            "sigma_slope": rng.exponential(0.04, (4, 1000)),
            "slope": rng.normal(2, 0.06, (4, 1000, 8)),
            "noise": rng.normal(0.6, 0.03, (4, 1000)),
        }
    }
)
