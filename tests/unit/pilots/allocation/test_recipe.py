"""Anyone can repeat the draw with hashlib alone: what is printed is followed here to the letter."""

import json
from itertools import permutations

import pytest

from lots import ROWS, by_tickets, lot, lot_text, sha
from remit.pilots.allocation.allocate import allocate
from remit.pilots.allocation.asked import asked
from remit.pilots.allocation.recipe import groups_plain, recipe_lines
from remit.pilots.allocation.tickets import seed_from

DIGEST = sha("design")
TEXT = "Lotto 28 November 2026: 3 11 17"
SEED = sha(f"{DIGEST}\n{TEXT}")
NUMBERS = {"today": 0, "evening": 1, **{f"step {i + 1}": i for i in range(5)}}


def drawn(text):
    return allocate(*asked(lot(text)[0]), seed_from(DIGEST, TEXT))


def again(found):
    arms = {}
    for group in groups_plain(found):
        arms |= by_tickets(SEED, {**group, "extra_numbers": NUMBERS})
    return [[u, arms[u]] for u in found.units.ids]


@pytest.mark.parametrize(
    "text",
    [
        lot_text(),
        lot_text(rows=ROWS[:7]),
        lot_text("{method: blocked, block: area}", ROWS[:7]),
        lot_text("{method: matched, covariates: [size]}"),
        lot_text("{method: stepped_wedge, steps: 3}", design="stepped_wedge"),
        lot_text("{method: stepped_wedge, steps: 5, block: area}", design="stepped_wedge"),
    ],
)
def test_tickets_worked_out_with_hashlib_alone_give_the_same(text):
    found = drawn(text)
    assert again(found) == [list(r) for r in found.rows]
    printed = " ".join(recipe_lines(found, DIGEST, TEXT))
    assert SEED in printed
    assert sha(json.dumps(again(found), separators=(",", ":"))) in printed


def test_a_constrained_draw_can_be_repeated_by_hand():
    found = drawn(lot_text("{method: constrained, covariates: [size], best_share: 0.3}"))
    candidates = sorted(set(permutations([0] * 4 + [1] * 4)))
    sizes = [r[2] for r in ROWS]
    mean = sum(sizes) / 8
    spread = (sum((s - mean) ** 2 for s in sizes) / 7) ** 0.5

    def score(row):
        total = 0.0
        for arm in (0, 1):
            members = [s for s, a in zip(sizes, row, strict=True) if a == arm]
            total += len(members) / 8 * ((sum(members) / len(members) - mean) / spread) ** 2
        return round(total, 9)

    worst = sorted(map(score, candidates))[21 - 1]
    kept = [c for c in candidates if score(c) <= worst]
    row = kept[int(sha(f"{SEED}\nchoice"), 16) % len(kept)]
    assert tuple(found.labels.tolist()) == row
    printed = " ".join(recipe_lines(found, DIGEST, TEXT))
    assert f"modulo {len(kept)}." in printed


def test_drawn_candidates_have_their_number_before_the_group():
    rows = [(f"u{i}", "x", i, i) for i in range(20)]
    text = lot_text("{method: constrained, covariates: [size], candidates: 200, best_share: 1.0}", rows)
    found = drawn(text)
    (group,) = groups_plain(found)
    k = int(sha(f"{SEED}\nchoice"), 16) % 200
    arms = by_tickets(SEED, group, f"{k}/")
    assert [[u, arms[u]] for u in found.units.ids] == [list(r) for r in found.rows]
