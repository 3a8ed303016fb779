import numpy as np
import pytest

from remit.questions.boundary import LEAST_IN_STRATUM, choose
from remit.questions.boxes import Column

N_KNOWN, N_MORE = 120, 600


def columns(table):
    """Two numbers, a whole number and a question."""
    return [
        Column("a", table[:, 0]),
        Column("b", table[:, 1]),
        Column("crews", np.floor(table[:, 2] * 6.0), "whole"),
        Column("answer", np.floor(table[:, 3] * 3.0), "choice", ("no", "maybe", "yes")),
    ]


def is_inside(table):
    return (table[:, 0] < 0.5) & (table[:, 3] >= 1 / 3)


@pytest.fixture
def world():
    table = np.random.default_rng(4).random((N_KNOWN + N_MORE, 4))
    known, more = table[:N_KNOWN], table[N_KNOWN:]
    return columns(known), is_inside(known).astype(float), columns(more), more


def test_picks_are_distinct_ascending_and_as_many_as_asked(world):
    known, preferred, more, _ = world
    for n in (1, 3, 10, 50, 599, 600):
        told = choose(known, preferred, more, n, seed=1)
        assert len(told.indices) == n == sum(told.taken)
        assert (np.diff(told.indices) > 0).all()
        assert 0 <= told.indices.min() <= told.indices.max() < N_MORE
        assert all(1 <= t <= s for t, s in zip(told.taken, told.sizes, strict=True))
        assert len(told.sizes) <= max(1, n // LEAST_IN_STRATUM)
        assert sum(told.sizes) == N_MORE


def test_picks_lie_near_where_the_preference_changes(world):
    known, preferred, more, table = world
    told = choose(known, preferred, more, 100, seed=1)
    near = np.abs(table[:, 0] - 0.5) < 0.05
    assert near[told.indices].mean() > 2.0 * near.mean()
    votes = told.votes[is_inside(table) & ~near], told.votes[~is_inside(table) & ~near]
    assert votes[0].mean() > 0.9
    assert votes[1].mean() < 0.1


def test_weights_are_one_on_average_and_give_each_stratum_its_share(world):
    known, preferred, more, _ = world
    told = choose(known, preferred, more, 80, seed=2)
    assert len(told.weights) == N_KNOWN + 80
    assert (told.weights[:N_KNOWN] == 1.0).all()
    assert told.weights[N_KNOWN:].sum() == pytest.approx(80.0)
    assert told.weights.max() <= 5.0 * 1.2, "a share is drawn evenly"
    starts = np.cumsum((0, *told.taken))
    by_votes = told.weights[N_KNOWN:][np.argsort(told.votes[told.indices], kind="stable")]
    for h, size in enumerate(told.sizes):
        assert by_votes[starts[h] : starts[h + 1]].sum() == pytest.approx(80.0 * size / N_MORE)
    assert told.n_worth < N_KNOWN + 80


def test_all_candidates_count_alike_where_all_are_picked(world):
    known, preferred, more, _ = world
    assert choose(known, preferred, more, N_MORE, seed=1).weights == pytest.approx(1.0)


def test_a_second_round_keeps_the_first_rounds_weights(world):
    known, preferred, more, _ = world
    before = np.linspace(0.5, 3.0, N_KNOWN)
    told = choose(known, preferred, more, 40, seed=1, weights=before)
    assert told.weights[:N_KNOWN] == pytest.approx(before / before.mean())


def test_the_same_seed_picks_the_same_and_another_others(world):
    known, preferred, more, _ = world
    one, again, other = (choose(known, preferred, more, 50, seed=s).indices for s in (1, 1, 2))
    assert (one == again).all()
    assert len(np.setdiff1d(one, other))


def test_the_scale_of_a_column_does_not_matter(world):
    known, preferred, more, _ = world
    bent = [[Column("a", np.exp(9.0 * c[0].values)), *c[1:]] for c in (known, more)]
    told = choose(bent[0], preferred, bent[1], 50, seed=1)
    assert (told.indices == choose(known, preferred, more, 50, seed=1).indices).all()


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_a_preference_that_never_changes_is_drawn_evenly(world, share):
    known, _, more, _ = world
    told = choose(known, np.full(N_KNOWN, share), more, 50, seed=1)
    assert told.weights == pytest.approx(1.0)
    assert told.n_worth == pytest.approx(N_KNOWN + 50)
    assert "drawn evenly" in told.why


def test_too_few_known_futures_are_drawn_evenly_and_said_so(world):
    known, preferred, more, _ = world
    failed = np.where(np.arange(N_KNOWN) < 39, preferred, np.nan)
    told = choose(known, failed, more, 50, seed=1)
    assert told.weights == pytest.approx(1.0)
    assert "39 futures are too few" in told.why


def test_failed_futures_do_not_vote(world):
    known, preferred, more, _ = world
    failed = preferred.copy()
    failed[:20] = np.nan
    wild = [Column(c.name, np.r_[c.values[:20][::-1], c.values[20:]], c.kind, c.options) for c in known]
    one, other = (choose(k, failed, more, 50, seed=1) for k in (known, wild))
    assert (one.indices == other.indices).all()


def renamed(cols, **changed):
    return [
        Column(**{**{f: getattr(c, f) for f in ("name", "values", "kind", "options")}, **changed})
        for c in cols
    ]


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda k, p, m: (k[:2], p, m, 5, None), "same columns"),
        (lambda k, p, m: ([], p, [], 5, None), "no column"),
        (lambda k, p, m: (renamed(k[:2], name="a"), p, renamed(m[:2], name="a"), 5, None), "same name"),
        (lambda k, p, m: (renamed(k[:1], kind="odd"), p, renamed(m[:1], kind="odd"), 5, None), "kind odd"),
        (lambda k, p, m: (k, p + 1.5, m, 5, None), "shares from 0 to 1"),
        (lambda k, p, m: (k, p[:-1], m, 5, None), "120 values for 119"),
        (lambda k, p, m: (k, p, m, 0, None), "0 picks of 600"),
        (lambda k, p, m: (k, p, m, 601, None), "601 picks of 600"),
        (lambda k, p, m: (k, p, m, 5, np.ones(3)), "weights: one for each"),
        (lambda k, p, m: (k, p, m, 5, np.zeros(120)), "all are 0"),
        (lambda k, p, m: (renamed(k[:1], values=np.full(120, np.nan)), p, m[:1], 5, None), "missing"),
        (lambda k, p, m: (renamed(k[3:], values=np.full(120, 3.0)), p, m[3:], 5, None), "no index"),
    ],
)
def test_what_cannot_be_is_refused(world, spoil, words):
    known, preferred, more, _ = world
    k, p, m, n, weights = spoil(known, preferred, more)
    with pytest.raises(ValueError, match=words):
        choose(k, p, m, n, seed=1, weights=weights)
