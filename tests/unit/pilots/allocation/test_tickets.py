import hashlib

from remit.pilots.allocation.tickets import (
    drawn_number,
    drawn_order,
    plain_text,
    seed_from,
    sha256,
    ticket,
)


def test_a_ticket_is_what_any_computer_works_out():
    seed = hashlib.sha256(b"design\nLottery: 3 11").hexdigest()
    assert seed_from("design", "  Lottery:  3 11\n") == seed
    assert ticket(seed, "north", "ward 1") == hashlib.sha256(f"{seed}\nnorth\nward 1".encode()).hexdigest()


def test_accents_written_two_ways_are_one_text():
    assert plain_text("e\u0301te\u0301") == plain_text("\u00e9t\u00e9") == "\u00e9t\u00e9"


def test_order_is_by_ticket_and_every_place_comes_once():
    units = [f"u{i}" for i in range(12)]
    order = drawn_order("s", "d", units)
    assert sorted(order) == list(range(12))
    assert [ticket("s", "d", units[i]) for i in order] == sorted(ticket("s", "d", u) for u in units)
    assert order != drawn_order("s", "another", units)


def test_a_drawn_number_is_below_n_and_spreads():
    seen = {drawn_number(sha256(str(i)), "choice", 7) for i in range(200)}
    assert seen == set(range(7))
