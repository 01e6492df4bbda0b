"""The judge of traces: what came from the model's own sampler, and is healthy, passes."""

from dataclasses import replace

import arviz as az
import numpy as np
import pymc as pm
import pytest
import xarray as xr

from pooling import exact, models
from pooling.checks.density import HIERARCHICAL
from pooling.checks.evidence import measure_trace
from pooling.checks.records import TraceEvidence
from pooling.checks.verdict.base import right, wrong
from pooling.checks.verdict.course import course_rows
from pooling.checks.verdict.traces import judge_trace
from pooling.data import load_groups

NAMES = tuple(HIERARCHICAL.parameters)
DATA = load_groups()
ROWS, _ = course_rows()
RIGHT_MODEL = right("")
SHUFFLED = np.random.default_rng(0).permutation(np.linspace(-100.0, -90.0, 50))


@pytest.fixture(scope="module")
def posterior():
    return exact.hierarchical(DATA.groups, DATA.x, DATA.y)


@pytest.fixture(scope="module")
def model():
    return models.build_non_centered(DATA.groups, DATA.x, DATA.y)


@pytest.fixture(scope="module", params=["nutpie", "pymc"])
def trace(request, model):
    return pm.sample(
        500,
        tune=500,
        chains=2,
        cores=1,
        model=model,
        nuts_sampler=request.param,
        random_seed=4,
        target_accept=0.95,
        progressbar=False,
    )


@pytest.fixture(scope="module")
def evidence(posterior):
    """What a perfect sampler would leave: exact draws and matching log densities."""
    draws = posterior.draws(1000, 4, seed=0)["posterior"]
    recorded = np.linspace(-100.0, -90.0, 50)
    return TraceEvidence(
        draws={name: draws[name].values for name in NAMES},
        statistics=["diverging", "lp"],
        diverging=0,
        r_hat=dict.fromkeys(NAMES, 1.001),
        ess=dict.fromkeys(NAMES, 4000.0),
        checked=np.linspace(0, 3999, 50).astype(int).astype(float),
        recorded=recorded,
        recomputed=recorded.copy(),
    )


def judge(evidence, posterior, model=RIGHT_MODEL):
    return judge_trace(evidence, model, posterior, HIERARCHICAL, ROWS, "hierarchical_trace")


def test_what_pm_sample_returns_passes(trace, model, posterior):
    found = measure_trace(trace, model, NAMES)
    np.testing.assert_allclose(found.recomputed, found.recorded, rtol=1e-10)
    assert judge(found, posterior).right, judge(found, posterior)


def test_a_trace_that_was_saved_and_read_back_passes(trace, model, posterior, tmp_path):
    trace.to_netcdf(tmp_path / "trace.nc")
    saved = az.from_netcdf(tmp_path / "trace.nc")
    assert judge(measure_trace(saved, model, NAMES), posterior).right


def test_a_trace_of_other_data_is_told_from_this_models(trace, posterior):
    shifted = models.build_non_centered(DATA.groups, DATA.x, DATA.y + 0.5)
    found = measure_trace(trace, shifted, NAMES)
    # The draws are those of the right posterior, so only the note of the log density is off.
    assert judge(found, posterior).code == "stale"


def test_a_trace_without_the_sampled_variables_is_judged_by_its_draws(trace, model, posterior):
    kept = trace["posterior"].to_dataset()[list(NAMES)]
    stats = trace["sample_stats"].to_dataset()
    thinned = xr.DataTree.from_dict({"posterior": kept, "sample_stats": stats})
    found = measure_trace(thinned, model, NAMES)
    assert found.recomputed.size == 0
    assert judge(found, posterior).right
    # The sampler's record is compared with the closed form instead, and other draws do not fit it.
    moved = {**found.draws, "noise": found.draws["noise"] * 1.01}
    assert judge(replace(found, draws=moved), posterior).share < 1


def test_exact_draws_pass(evidence, posterior):
    assert judge(evidence, posterior).right


@pytest.mark.parametrize(
    ("change", "code", "share"),
    [
        ({"statistics": []}, "drawn-by-hand", 0),
        ({"gaps": 1}, "draws-deleted", 0),
        ({"diverging": 41}, "divergences", 0.5),
        ({"diverging": 40}, "right", 1),
        ({"step_sizes": np.full(4, 0.3)}, "one-step-size", 0.5),
        ({"step_sizes": np.array([0.3, 0.31, 0.28, 0.3])}, "right", 1),
        ({"r_hat": {**dict.fromkeys(NAMES, 1.0), "sigma_slope": 1.2}}, "r-hat", 0.5),
        ({"ess": {**dict.fromkeys(NAMES, 900.0), "slope": 20.0}}, "low-ess", 0.5),
        ({"recomputed": SHUFFLED}, "stale", 0.5),
        ({"recorded": np.empty(0)}, "no-record", 0.5),
        ({"recorded": np.empty(0), "statistics": ["nstep_in", "nstep_out"]}, "right", 1),
        ({"recomputed": np.full(50, np.nan)}, "stale", 0.5),
        ({"problem": "trace-missing-mu_slope"}, "unpooled-trace", 0),
        ({"problem": "trace-not-finite"}, "draws-deleted", 0),
    ],
)
def test_each_gate(evidence, posterior, change, code, share):
    verdict = judge(replace(evidence, **change), posterior)
    assert (verdict.code, verdict.share) == (code, share)


def test_one_chain_is_asked_to_run_again(evidence, posterior):
    one = {name: values[:1] for name, values in evidence.draws.items()}
    nan = dict.fromkeys(NAMES, np.nan)
    assert judge(replace(evidence, draws=one, r_hat=nan), posterior).code == "one-chain"


def test_draws_of_another_distribution_are_off_target(evidence, posterior):
    moved = {**evidence.draws, "noise": evidence.draws["noise"] + 0.02}
    assert judge(replace(evidence, draws=moved), posterior).code == "off-target"


def test_forged_statistics_do_not_help_draws_from_elsewhere(evidence, posterior):
    rng = np.random.default_rng(0)
    forged = {**evidence.draws, "slope": rng.normal(2, 0.2, (4, 1000, 8))}
    other = replace(evidence, draws=forged, recomputed=SHUFFLED)
    assert judge(other, posterior).code == "not-sampled"


def test_the_trace_of_a_wrong_model_earns_nothing_and_says_what_is_wrong(evidence, posterior):
    verdict = judge(evidence, posterior, wrong("obs:groups"))
    assert verdict.code == "model-wrong"
    assert "other groups" in verdict.message


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ({"slope": 2.0}, "point-estimate"),
        (np.zeros((4, 100)), "drawn-by-hand"),
        ({"slope": np.zeros((4, 1000, 8))}, "drawn-by-hand"),
        (None, "not-a-trace"),
        (3.0, "not-a-trace"),
        ("a trace", "not-a-trace"),
        (xr.Dataset({"slope": ("draw", np.zeros(5))}), "posterior-only"),
    ],
)
def test_what_is_not_a_trace(value, code, model, posterior):
    assert judge(measure_trace(value, model, NAMES), posterior).code == code


def test_prior_draws_are_told_from_a_posterior(model, posterior):
    prior = pm.sample_prior_predictive(500, model=model, random_seed=1)
    assert judge(measure_trace(prior, model, NAMES), posterior).code == "prior-draws"
    dressed = xr.DataTree.from_dict({"posterior": prior["prior"].to_dataset()})
    assert judge(measure_trace(dressed, model, NAMES), posterior).code == "prior-draws"


def test_a_variational_fit_has_no_sampler(model, posterior):
    fit = pm.fit(200, model=model, progressbar=False, random_seed=1).sample(500)
    assert judge(measure_trace(fit, model, NAMES), posterior).code == "variational"


def test_deleted_draws_are_seen_and_thinning_is_not(trace, model, posterior):
    thinned = trace.isel(draw=slice(None, None, 2))
    assert judge(measure_trace(thinned, model, NAMES), posterior).right
    kept = np.delete(np.arange(500), [17, 230, 231])
    deleted = trace.isel(draw=kept)
    assert judge(measure_trace(deleted, model, NAMES), posterior).code == "draws-deleted"


def test_runs_that_were_joined_have_no_gaps(trace, model, posterior):
    def end_to_end(group):
        chains = [trace[group].to_dataset().isel(chain=i, drop=True) for i in range(2)]
        return xr.concat(chains, dim="draw", coords="minimal").expand_dims(chain=[0])

    groups = {group: end_to_end(group) for group in ("posterior", "sample_stats")}
    joined = xr.DataTree.from_dict(groups)
    found = measure_trace(joined, model, NAMES)
    assert found.gaps == 0
    assert judge(found, posterior).code == "one-chain"


def test_pieces_of_one_chain_are_not_chains(trace, model, posterior):
    def cut(name):
        group = trace[name].to_dataset().isel(chain=[0])
        parts = np.array_split(np.arange(group.sizes["draw"]), 4)
        pieces = [
            group.isel(draw=part).assign_coords(chain=[i], draw=np.arange(part.size))
            for i, part in enumerate(parts)
        ]
        return xr.concat(pieces, dim="chain")

    cut_up = xr.DataTree.from_dict({name: cut(name) for name in ("posterior", "sample_stats")})
    found = measure_trace(cut_up, model, NAMES)
    assert found.step_sizes.size == 4
    assert judge(found, posterior).code in ("one-step-size", "low-ess", "r-hat")
    whole = measure_trace(trace, model, NAMES)
    assert np.ptp(whole.step_sizes) > 0


def test_chains_that_are_the_same_compare_nothing(evidence, posterior):
    copied = {name: np.repeat(v[:1], 4, axis=0) for name, v in evidence.draws.items()}
    verdict = judge(replace(evidence, draws=copied), posterior)
    assert (verdict.code, verdict.share) == ("chains-alike", 0.5)


def test_chains_that_were_averaged_are_no_runs(evidence, posterior):
    averaged = {n: np.repeat(v.mean(axis=0)[None], 4, axis=0) for n, v in evidence.draws.items()}
    recomputed = np.random.default_rng(1).permutation(evidence.recorded)
    ess = dict.fromkeys(NAMES, 1000.0)
    changed = replace(evidence, draws=averaged, recomputed=recomputed, ess=ess)
    assert judge(changed, posterior).code == "not-sampled"


def prior_draws():
    rng = np.random.default_rng(1)
    mu, sigma = rng.normal(size=(4, 1000)), rng.exponential(1 / 13, (4, 1000))
    return {
        "mu_slope": mu,
        "sigma_slope": sigma,
        "slope": mu[..., None] + sigma[..., None] * rng.normal(size=(4, 1000, 8)),
        "noise": rng.exponential(0.1, (4, 1000)),
    }


def test_prior_draws_are_seen_with_any_record_and_with_none(evidence, posterior):
    nothing = np.empty(0)
    without = replace(evidence, draws=prior_draws(), recorded=nothing, recomputed=nothing)
    assert judge(without, posterior).code == "prior-draws"
    another = replace(
        evidence, draws=prior_draws(), recomputed=evidence.recorded + 3.0 * np.arange(50)
    )
    assert judge(another, posterior).code == "prior-draws"


def test_a_run_of_an_older_model_is_told_from_draws_of_no_run(evidence, posterior):
    # Its prior of sigma_slope had another rate, and its draws lie elsewhere.
    draws = {**evidence.draws, "sigma_slope": 4 * evidence.draws["sigma_slope"]}
    theta = {k: v.reshape(4000, -1)[evidence.checked.astype(int)] for k, v in draws.items()}
    theta = {k: v if k == "slope" else v[:, 0] for k, v in theta.items()}
    terms = HIERARCHICAL.each(theta, ROWS)
    own = np.sum([*terms.values()], axis=0)
    older = replace(evidence, draws=draws, recorded=own + 12 * theta["sigma_slope"], recomputed=own)
    assert (judge(older, posterior).code, judge(older, posterior).again) == ("stale", True)
    unrelated = np.random.default_rng(0).permutation(older.recorded)
    made_up = replace(older, recorded=unrelated)
    assert judge(made_up, posterior).code == "not-sampled"
    constant = replace(evidence, recorded=np.zeros(50))
    assert judge(constant, posterior).code == "not-sampled"


def test_a_trace_that_was_put_together_with_an_odd_number_of_draws(evidence, posterior):
    fewer = {name: v[:, :954] for name, v in evidence.draws.items()}
    checked = np.linspace(0, 4 * 954 - 1, 50).astype(int).astype(float)
    packed = replace(evidence, draws=fewer, checked=checked)
    assert (judge(packed, posterior).code, judge(packed, posterior).share) == ("repacked", 0.5)
    assert judge(replace(packed, origin="pymc"), posterior).right


def test_a_short_run_is_told_to_be_longer_and_a_stuck_one_to_move_better(evidence, posterior):
    few = replace(evidence, ess=dict.fromkeys(NAMES, 20.0))
    assert "non-centered" in judge(few, posterior).message
    short = {name: v[:, :50] for name, v in evidence.draws.items()}
    checked = np.linspace(0, 199, 50).astype(int).astype(float)
    message = judge(replace(few, draws=short, checked=checked), posterior).message
    assert "4 x 50 draws" in message
    assert "non-centered" not in message


def test_copies_in_another_order_are_no_draws(evidence, posterior):
    chosen = np.random.default_rng(0).integers(60, size=(4, 1000))
    few = {name: v[0, :60][chosen] for name, v in evidence.draws.items()}
    verdict = judge(replace(evidence, draws=few), posterior)
    assert (verdict.code, verdict.share) == ("draws-repeated", 0)


def test_steps_that_move_what_nuts_does_not_pass(model, posterior):
    with model:
        mixed = pm.sample(
            1500,
            tune=500,
            chains=2,
            cores=1,
            step=[
                pm.NUTS([v for v in model.free_RVs if v.name != "noise"], target_accept=0.95),
                pm.Slice([model["noise"]]),
            ],
            random_seed=4,
            progressbar=False,
        )
    assert judge(measure_trace(mixed, model, NAMES), posterior).right


def test_where_offsets_are_asked_a_centered_trace_does_not_do(model, posterior):
    centered = models.build_hierarchical(DATA.groups, DATA.x, DATA.y)
    run = pm.sample(
        500,
        tune=500,
        chains=2,
        cores=1,
        model=centered,
        random_seed=4,
        target_accept=0.99,
        progressbar=False,
    )
    found = measure_trace(run, model, NAMES)
    arguments = (found, RIGHT_MODEL, posterior, HIERARCHICAL, ROWS, "non_centered_trace")
    assert judge_trace(*arguments).code in ("right", "divergences", "low-ess", "r-hat")
    assert judge_trace(*arguments, non_centered=True).code == "centered-trace"


def test_an_older_trace_object_passes(model, posterior):
    older = pm.sample(
        500,
        tune=500,
        chains=2,
        cores=1,
        model=model,
        nuts_sampler="pymc",
        random_seed=4,
        target_accept=0.95,
        progressbar=False,
        return_inferencedata=False,
    )
    assert judge(measure_trace(older, model, NAMES), posterior).right


@pytest.mark.parametrize("sampler", ["numpyro", "blackjax"])
def test_other_samplers_pass(sampler, model, posterior):
    other = pm.sample(
        500,
        tune=500,
        chains=2,
        model=model,
        nuts_sampler=sampler,
        random_seed=4,
        target_accept=0.95,
        progressbar=False,
    )
    assert judge(measure_trace(other, model, NAMES), posterior).right


def test_too_few_groups_in_the_trace(evidence, posterior):
    seven = {**evidence.draws, "slope": evidence.draws["slope"][..., :7]}
    assert judge(replace(evidence, draws=seven), posterior).code == "trace-groups"
