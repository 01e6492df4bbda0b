"""The judge of prior draws."""

import numpy as np
import pytest
import xarray as xr
from prior_draws import prior
from scipy import stats

from pooling import exact
from pooling.checks.evidence import measure_value
from pooling.checks.verdict import draws as judges
from pooling.checks.verdict.course import course_rows

ROWS, _ = course_rows()
POSTERIOR = exact.hierarchical(ROWS.groups, ROWS.x, ROWS.y)
UNPOOLED = exact.unpooled(ROWS.groups, ROWS.x, ROWS.y)


def _stacked(draws):
    """As xarray stacks chains: the draws come last."""
    tree = xr.DataArray(draws.reshape(4, 1000, 8), dims=("chain", "draw", "group"))
    return tree.stack(sample=("chain", "draw"))


def judge_draws(draws):
    return judges.judge_prior_draws(
        measure_value(draws), ROWS, [POSTERIOR, UNPOOLED], "prior_slopes"
    )


@pytest.mark.parametrize("n", [500, 1000, 20_000])
@pytest.mark.parametrize("seed", range(10))
def test_right_draws_pass_whatever_the_seed(n, seed):
    assert judge_draws(prior(n, seed=seed)).right


@pytest.mark.parametrize("stack", [lambda d: d.reshape(4, 1000, 8), _stacked])
def test_draws_pass_however_they_are_stacked(stack):
    assert judge_draws(stack(prior(4000))).right


def test_draws_pass_in_any_order():
    held = prior(5000)
    assert judge_draws(held[np.argsort(held[:, 0])]).right
    assert judge_draws(held[np.argsort(held.std(axis=1))]).right


def test_a_chain_that_hardly_moved_says_too_little():
    def creep(rng, n):
        return np.cumsum(rng.normal(0, 0.05, (n, 1)), axis=0)

    verdict = judge_draws(prior(1000, mu=creep))
    assert (verdict.code, verdict.share) == ("draws-correlated", 0.5)


def _tied(sign):
    """Draws whose mu and sigma are made of one uniform number; of mu only the size with zero."""
    rng = np.random.default_rng(0)
    u = rng.uniform(size=(5000, 1))
    signs = sign or rng.choice([-1.0, 1.0], (5000, 1))
    mu = signs * (stats.norm.ppf(u) if sign else stats.halfnorm.ppf(u))
    return rng.normal(mu, stats.expon.ppf(u, scale=1 / 13), (5000, 8))


def _first_of_the_pairs():
    """What is to be added to `prior` for its first offset to be its mu."""
    rng = np.random.default_rng(0)
    mu, sigma = rng.normal(0, 1, (5000, 1)), rng.exponential(1 / 13, (5000, 1))
    added = np.zeros((5000, 8))
    added[:, :1] = mu + sigma * mu - prior()[:, :1]
    return added


def test_draws_of_a_chain_are_not_failed_for_hanging_together():
    # A slow chain over the prior that has not seen much of it yet.
    def walk(rng, n):
        place = np.zeros(n)
        for i in range(1, n):
            place[i] = 0.97 * place[i - 1] + 0.12 * rng.standard_normal()
        return 1.5 + place[:, None]

    held = prior(5000, mu=walk)
    assert judge_draws(held).code == "draws-correlated"
    assert judge_draws(held).share == 0.5


def _pairs(draws, times):
    """So many draws of slopes from each pair of mu and sigma."""
    rng = np.random.default_rng(1)
    mu, sigma = rng.normal(0, 1, (draws, 1)), rng.exponential(1 / 13, (draws, 1))
    return [rng.normal(mu, sigma, (draws, 8)) for _ in range(times)]


@pytest.mark.parametrize(
    ("change", "how"),
    [
        (lambda z: np.hstack([z[:, :4], -z[:, :4]]), "farther apart"),
        (lambda z: np.hstack([z[:, :7], 0.8 * z[:, :1] + 0.6 * z[:, 7:]]), "closer"),
    ],
)
def test_slopes_of_a_draw_that_know_of_each_other(change, how):
    rng = np.random.default_rng(3)
    mu, sigma = rng.normal(0, 1, (20_000, 1)), rng.exponential(1 / 13, (20_000, 1))
    verdict = judge_draws(mu + sigma * change(rng.standard_normal((20_000, 8))))
    assert verdict.code == "draws-pair"
    assert how in verdict.message


def test_copies_are_no_draws():
    verdict = judge_draws(np.repeat(prior(200), 100, axis=0))
    assert (verdict.code, verdict.share) == ("draws-repeated", 0)
    assert "only 200 differ" in verdict.message
    assert judge_draws(prior(2000)[np.random.default_rng(2).integers(2000, size=2000)]).right


@pytest.mark.parametrize("arrange", [np.concatenate, lambda d: np.stack(d, 1).reshape(-1, 8)])
@pytest.mark.parametrize("times", [4, 10])
def test_a_pair_behind_several_draws_is_seen(arrange, times):
    verdict = judge_draws(arrange(_pairs(2000, times)))
    assert (verdict.code, verdict.share) == ("draws-reused", 0)
    assert f"behind {times} draws" in verdict.message


def test_draws_from_points_that_fill_space_evenly_pass():
    u = stats.qmc.Sobol(10, rng=3).random(2**13)
    mu, sigma = stats.norm.ppf(u[:, :1]), stats.expon(scale=1 / 13).ppf(u[:, 1:2])
    assert judge_draws(mu + sigma * stats.norm.ppf(u[:, 2:])).right


def test_draws_and_their_mirror_images_pass():
    rng = np.random.default_rng(3)
    mu, sigma = rng.normal(0, 1, (5000, 1)), rng.exponential(1 / 13, (5000, 1))
    z = rng.standard_normal((5000, 8))
    assert judge_draws(np.concatenate([mu + sigma * z, mu - sigma * z])).right


@pytest.mark.parametrize(
    ("draws", "code"),
    [
        (prior(sigma=lambda r, n: r.exponential(13, (n, 1))), "draws-scale"),
        (prior(sigma=lambda r, n: r.exponential(1, (n, 1))), "draws-scale"),
        (prior(20_000, sigma=lambda r, n: np.abs(r.normal(0, 1 / 13, (n, 1)))), "draws-scale"),
        (prior(sigma=lambda r, n: np.full((n, 1), 1 / 13)), "draws-fixed"),
        (prior(mu=lambda r, n: np.full((n, 1), r.normal())), "draws-fixed"),
        (prior(mu=lambda r, n: r.normal(2, 0.01, (n, 1))), "draws-fixed"),
        (prior(mu=lambda r, n: r.normal(0, 20, (n, 1))), "draws-mean"),
        (prior(mu=lambda r, n: r.normal(0, 1, (n, 8))), "draws-apart"),
        (prior(sigma=lambda r, n: r.exponential(1 / 13, (n, 8))), "draws-own-sigma"),
        (prior().T.reshape(-1, 8), "draws-reshaped"),
        (prior(5001).T.reshape(-1, 8), "draws-reshaped"),
        (prior().astype(int), "draws-rounded"),
        (prior(20_000, sigma=lambda r, n: r.exponential(1 / 13, (n, 1)) ** 0.5), "draws-scale"),
        (prior(mu=lambda r, n: r.normal(2, 1, (n, 1))), "draws-mean"),
        (np.sort(prior(), axis=1), "draws-sorted"),
        (np.sort(prior(), axis=0), "draws-columns-sorted"),
        (prior() - prior().mean(axis=1, keepdims=True), "draws-centered"),
        (prior() + _first_of_the_pairs(), "draws-offset-tied"),
        (
            prior(
                mu=lambda r, n: r.exponential(1 / 13, (n, 1)),
                sigma=lambda r, n: np.abs(r.normal(0, 1, (n, 1))),
            ),
            "draws-exchanged",
        ),
        (UNPOOLED.draws(500, 2, seed=0)["posterior/slope"], "draws-posterior"),
        (_tied(1.0), "draws-tied"),
        (_tied(-1.0), "draws-tied"),
        (_tied(0.0), "draws-tied"),
        (prior(sigma=lambda r, n: 1 / 13 + r.exponential(1, (n, 1))), "draws-scale"),
        (prior(sigma=lambda r, n: 1 / r.exponential(13, (n, 1))), "draws-scale"),
        (np.abs(prior()), "draws-positive"),
        (np.round(prior(), 1), "draws-rounded"),
        (np.repeat(prior()[:, :1], 8, axis=1), "draws-copied"),
        (prior()[:100], "draws-shape"),
        (POSTERIOR.draws(500, 2, seed=0)["posterior/slope"], "draws-posterior"),
        (prior()[:, ROWS.groups] * ROWS.x, "draws-predictive"),
        (prior()[:, ROWS.groups] * ROWS.x + prior(sigma=lambda r, n: 1.0)[:, :1], "draws-shape"),
        (prior().T, "draws-shape"),
        (prior()[:, :7], "draws-shape"),
        (None, "draws-shape"),
        ("draws", "draws-shape"),
        (np.where(prior() > 2, np.nan, prior()), "draws-shape"),
    ],
)
def test_wrong_draws_are_told_what_is_wrong(draws, code):
    assert judge_draws(draws).code == code
