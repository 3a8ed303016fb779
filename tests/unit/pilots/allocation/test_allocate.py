import json
from collections import Counter

import numpy as np
import pytest

from lots import lot, lot_text, sha
from remit.pilots.allocation.allocate import allocate
from remit.pilots.allocation.asked import asked
from remit.pilots.allocation.scheme import Scheme, Units


def drawn(constraints, design="cluster_rct", seed="s"):
    return allocate(*asked(lot(lot_text(constraints, design=design))[0]), seed)


def test_blocks_have_as_many_of_each_arm():
    found = drawn("{method: blocked, block: area}")
    arms = dict(found.rows)
    assert Counter(arms[t] for t in ("t1", "t2", "t5", "t6")) == {"today": 2, "evening": 2}
    assert found.procedure.n_ways == 36


def test_pairs_are_told_and_split():
    found = drawn("{method: matched, covariates: [size, wait]}")
    arms = dict(found.rows)
    assert len(found.pairs) == 4
    assert found.pairs_are_best
    assert all({arms[p.one], arms[p.two]} == {"today", "evening"} for p in found.pairs)
    within = drawn("{method: matched, block: area, covariates: [size]}")
    north = {"t1", "t2", "t5", "t6"}
    assert all((p.one in north) == (p.two in north) for p in within.pairs)


def test_a_constrained_draw_is_one_of_those_kept():
    found = drawn("{method: constrained, covariates: [size, wait], best_share: 0.3}")
    assert found.constrained is not None
    assert (found.constrained.procedure.rows == found.labels).all(axis=1).any()
    assert [r.name for r in found.balance] == ["size", "wait"]
    luck = {
        tuple(drawn("{method: constrained, covariates: [size], best_share: 0.3}", seed=str(i)).labels)
        for i in range(40)
    }
    assert len(luck) > 10


def test_a_wedge_gives_every_unit_a_step():
    found = drawn("{method: stepped_wedge, steps: 4}", "stepped_wedge")
    assert found.scheme.sizes(list(found.labels)) == (2, 2, 2, 2)
    assert found.floor() == pytest.approx(1 / 2520)
    balanced = drawn("{method: stepped_wedge, steps: 4, covariates: [size]}", "stepped_wedge")
    assert balanced.constrained is not None
    assert balanced.constrained.n_candidates == 2520


def test_permuted_blocks_run_in_the_order_written():
    ids = tuple(f"p{i:02}" for i in range(10))
    found = allocate(Units(ids), Scheme("blocked", ("a", "b"), (1, 1), block_size=4), "s")
    for start in (0, 4, 8):
        part = found.labels[start : start + 4]
        assert part.sum() * 2 == len(part)


def test_three_arms_are_compared_each_with_the_first():
    ids = tuple(f"u{i}" for i in range(9))
    found = allocate(Units(ids), Scheme("simple", ("a", "b", "c"), (1, 1, 1)), "s")
    assert found.floor() == pytest.approx(2 / 20)
    assert found.floor(is_two_sided=False) == pytest.approx(1 / 20)


def test_the_digest_is_of_the_rows_as_json():
    found = drawn("{method: simple}")
    assert found.digest == sha(json.dumps([list(r) for r in found.rows], separators=(",", ":")))


def test_every_unit_is_as_likely_to_be_treated():
    hits = np.mean([drawn("{method: blocked, block: area}", seed=str(i)).labels for i in range(600)], axis=0)
    assert hits == pytest.approx(np.full(8, 0.5), abs=0.09)
