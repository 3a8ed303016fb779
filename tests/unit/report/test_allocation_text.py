import json

import pytest

from lots import ROWS, lot, lot_text
from remit.pilots.allocation.allocate import allocate
from remit.pilots.allocation.asked import asked
from remit.pilots.register.chain import Register, read_register
from remit.pilots.register.entry import FIRST, Entry
from remit.report.allocation_text import (
    allocation_lines,
    allocation_plain,
    balance_rows,
    register_lines,
    register_plain,
)


def drawn(constraints="{method: simple}", rows=ROWS, design="cluster_rct", seed="s"):
    return allocate(*asked(lot(lot_text(constraints, rows, design))[0]), seed)


def words(found):
    return "\n".join(allocation_lines(found, "Visits", 0.05, 2))


def test_who_gets_what_and_how_fine_a_p_can_be():
    found = drawn()
    text = words(found)
    assert text.startswith("Visits: 8 units drawn by lot.")
    assert "today (4): " in text
    assert "70 equally likely outcomes: no p-value can be under 0.029 (alpha 0.05)" in text
    for unit in found.units.ids:
        assert text.count(unit) == 1


def test_pairs_are_told_and_whether_better_ones_may_exist():
    rows = [(f"t{i}", "x", i, i) for i in range(20)]
    few = words(drawn("{method: matched, covariates: [size]}"))
    assert " and " in few
    assert "better ones may exist" not in few
    assert "better ones may exist" in words(drawn("{method: matched, covariates: [size]}", rows))


def test_what_balance_ties_is_told():
    text = words(drawn("{method: constrained, covariates: [size, wait], best_share: 0.02}"))
    assert "together" in text
    assert "Raise best_share" in text
    assert "2 of 70 candidates (all there are)" in text
    assert "and 16 more" in text


def test_bad_luck_is_told_as_no_reason_to_draw_again():
    texts = [words(drawn(seed=str(i))) for i in range(12)]
    assert any("no reason to draw again" in t for t in texts)
    assert any("no reason to draw again" not in t for t in texts)


def test_large_numbers_are_told_as_a_person_says_them():
    rows = [(f"u{i}", "x", i, i) for i in range(60)]
    assert "more than 10^17 equally likely" in words(drawn(rows=rows))


def test_plain_values_are_json_and_hold_the_recipe():
    found = drawn("{method: blocked, block: area}", [(*r[:2], 5, r[3]) for r in ROWS])
    plain = json.loads(json.dumps(allocation_plain(found, "d", "t", 0.05, 2), allow_nan=False))
    assert plain["sizes"] == {"today": 4, "evening": 4}
    assert plain["smallest_p"] == pytest.approx(2 / 36)
    assert [g["name"] for g in plain["groups"]] == ["area north", "area south"]
    assert {r["name"]: r["differences_sd"] for r in plain["balance"]}["size"] == {"evening": None}
    assert plain["recipe"][0] == "Design's digest: d"


def test_balance_is_a_table():
    table = balance_rows(drawn())
    assert table.header == ("Known before", "today", "evening", "evening less today, in SD")
    assert [r[0] for r in table.rows] == ["size", "wait"]


def test_an_empty_register_and_a_torn_one():
    assert "0 entries" in register_lines(read_register(b"", "r"))[0]
    torn = read_register(b'{"bo', "r")
    assert "cut off" in register_lines(torn)[-1]
    assert register_plain(torn)["torn"] == '{"bo'


def test_a_clock_set_back_is_told():
    one = Entry("registered", "p", "2026-11-24T09:30:00Z", "d", {}, FIRST)
    two = Entry("analysed", "p", "2026-11-23T09:30:00Z", "d", {}, one.hash)
    assert "Entry 2 is dated before entry 1" in "\n".join(register_lines(Register("r", (one, two), 0)))
