"""What holds of every draw and every register, whatever is asked."""

import json
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lots import by_tickets
from remit.ground.faults import Faults
from remit.pilots.allocation.allocate import allocate
from remit.pilots.allocation.recipe import groups_plain
from remit.pilots.allocation.scheme import Scheme, Units
from remit.pilots.allocation.tickets import sha256
from remit.pilots.permutation import permutation_test, reference
from remit.pilots.register.chain import next_event, next_protocol, read_register
from remit.pilots.register.entry import protocol_digest
from remit.pilots.statistic import difference_in_means, treated

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\n"), min_size=1, max_size=8)


@st.composite
def asked(draw):
    n = draw(st.integers(2, 24))
    ids = draw(st.lists(WORDS, min_size=n, max_size=n, unique=True))
    n_arms = draw(st.integers(2, min(n, 4)))
    ratio = tuple(draw(st.lists(st.integers(1, 4), min_size=n_arms, max_size=n_arms)))
    area = tuple(draw(st.lists(st.sampled_from("xyz"), min_size=n, max_size=n)))
    blocks = draw(st.sampled_from([(), ("area",)]))
    size = draw(st.sampled_from([0, 0, sum(ratio), 2 * sum(ratio)]))
    arms = tuple(f"arm{i}" for i in range(n_arms))
    return Units(tuple(ids), {"area": area}), Scheme("blocked", arms, ratio, blocks=blocks, block_size=size)


@given(asked(), st.text(max_size=20))
@settings(deadline=None)
def test_every_unit_has_an_arm_and_every_group_its_sizes(given_, text):
    units, scheme = given_
    found = allocate(units, scheme, sha256(text))
    assert [u for u, _ in found.rows] == list(units.ids)
    for group in found.shuffled.groups:
        got = Counter(int(found.labels[u]) for u in group.units)
        total = sum(scheme.ratio)
        for arm, parts in enumerate(scheme.ratio):
            assert abs(got[arm] - len(group.units) * parts / total) < 1
    assert found.shuffled.n_ways >= 1


@given(asked(), st.text(max_size=20))
@settings(deadline=None)
def test_a_recomputation_gives_the_same(given_, text):
    units, scheme = given_
    seed = sha256(text)
    found = allocate(units, scheme, seed)
    assert found.rows == allocate(units, scheme, seed).rows
    numbers = {a: i for i, a in enumerate(scheme.arms)}
    arms = {}
    for group in groups_plain(found):
        arms |= by_tickets(seed, {**group, "extra_numbers": numbers})
    assert tuple(arms[u] for u in units.ids) == tuple(a for _, a in found.rows)


@given(asked())
@settings(deadline=None, max_examples=40)
def test_what_is_drawn_for_a_test_is_what_might_have_been_drawn(given_):
    units, scheme = given_
    procedure = allocate(units, scheme, "s").shuffled
    many = procedure.many(50, 1)
    if procedure.n_ways <= 2_000:
        every = procedure.every()
        assert len({tuple(r) for r in every.tolist()}) == len(every) == procedure.n_ways
        assert {tuple(r) for r in many.tolist()} <= {tuple(r) for r in every.tolist()}
    assert {tuple(np.sort(r)) for r in many[:, :1].tolist()} <= {(i,) for i in range(len(scheme.arms))}


@given(
    st.integers(1, 8).map(lambda n: 2 * n), st.integers(0, 2**32), st.sampled_from(["pairs", "constrained"])
)
@settings(deadline=None, max_examples=30)
def test_pairs_and_constraints_give_halves(n, luck, method):
    values = np.random.default_rng(luck).normal(size=n)
    units = Units(tuple(f"u{i}" for i in range(n)), {"x": tuple(values.tolist())})
    scheme = Scheme(method, ("a", "b"), (1, 1), balance=("x",), n_candidates=100)
    found = allocate(units, scheme, str(luck))
    assert found.labels.sum() * 2 == n
    assert (found.procedure.many(20, luck).sum(axis=1) * 2 == n).all()


@st.composite
def small_procedures(draw):
    n = 2 * draw(st.integers(2, 4))
    units = Units(tuple(f"u{i}" for i in range(n)), {"x": tuple(range(n)), "area": ("a", "b") * (n // 2)})
    method = draw(st.sampled_from(["simple", "blocked", "pairs", "constrained"]))
    blocks = ("area",) if method == "blocked" else ()
    scheme = Scheme(method, ("a", "b"), (1, 1), blocks=blocks, balance=("x",), keep_share=0.4)
    return allocate(units, scheme, draw(st.sampled_from("stuv"))).procedure


@given(small_procedures(), st.integers(0, 2**32), st.sampled_from(["two", "more", "less"]))
@settings(deadline=None, max_examples=40)
def test_luck_alone_is_found_no_more_often_than_promised(procedure, luck, side):
    """Whichever allocation had been drawn: the share of them with p at most a is at most a, for every a."""
    n = len(procedure.ids)
    rng = np.random.default_rng(luck)
    outcomes = rng.choice([rng.normal(size=n), rng.integers(0, 2, n).astype(float)])
    against = reference(procedure)
    statistic = difference_in_means(n)
    ps = np.array([permutation_test(outcomes, r, against, statistic, treated, side).p for r in against.rows])
    for alpha in np.unique(ps):
        assert (ps <= alpha + 1e-12).mean() <= alpha + 1e-12


def _register():
    data = b""
    when = "2026-11-24T09:30:00Z"
    one, two = {"alpha": 0.05, "why": "é"}, {"alpha": 0.01, "why": "é"}
    data += (next_protocol(read_register(data, "r"), "p", one, when, "").entry.line + "\n").encode()
    event = {"seed": "s", "text": "t"}
    drawn = next_event(read_register(data, "r"), "randomised", "p", protocol_digest(one), event, when)
    data += (drawn.entry.line + "\n").encode()
    data += (next_protocol(read_register(data, "r"), "p", two, when, "slip").entry.line + "\n").encode()
    return data


DATA = _register()


def is_told(data):
    """Say whether a change shows: a broken link, a torn end, or another last hash."""
    try:
        found = read_register(data, "r")
    except Faults as told:
        return told.faults[0].code == "PIL110"
    return bool(found.torn) or found.head != read_register(DATA, "r").head


@pytest.mark.parametrize("change", [b"", b"x", b" ", b"\n", b"\x00", b"\xff", b'"', b"0", b"}"])
def test_no_byte_can_be_changed_unseen(change):
    for i in range(len(DATA)):
        changed = DATA[:i] + change + DATA[i + 1 :]
        assert changed == DATA or is_told(changed), i


@given(st.integers(0, len(DATA)), st.binary(min_size=1, max_size=5))
def test_nothing_can_be_put_in_unseen(at, extra):
    assert is_told(DATA[:at] + extra + DATA[at:])


@given(st.integers(0, len(DATA) - 1), st.integers(0, 7))
def test_no_bit_can_be_turned_unseen(at, bit):
    changed = bytearray(DATA)
    changed[at] ^= 1 << bit
    assert is_told(bytes(changed))


@given(st.integers(0, 2))
def test_writing_a_line_another_way_is_seen(at):
    lines = DATA.decode().splitlines()
    lines[at] = json.dumps(json.loads(lines[at]), ensure_ascii=True, sort_keys=True)
    assert is_told(("\n".join(lines) + "\n").encode())
