import pytest

from pilot_files import TEAMS
from remit import wiring
from remit.ground.document import parse_document
from remit.ground.faults import Faults
from remit.pilots.analysis.data import Table
from remit.pilots.register.chain import next_protocol, read_register
from remit.pilots.register.entry import protocol_digest, steady
from remit.workbench.allocation import enter_draw, enter_protocol, randomise, read_pilot
from remit.workbench.analysis import analyse_pilot, renames, standing

NOW, LATER = "2026-11-24T09:30:00Z", "2026-12-01T09:30:00Z"
VALUES = parse_document(TEAMS, "p").values
DIGEST = protocol_digest(VALUES)


def _book(*steps):
    data = b""
    for values, when, reason in steps:
        step = next_protocol(read_register(data, "r"), "evening-visits", steady(values), when, reason)
        data += step.entry.line.encode() + b"\n"
    return data


def _codes(data, digest=DIGEST):
    return [f.code for f in standing("evening-visits", digest, data and read_register(data, "r"), "p")]


def test_what_was_promised_is_kept_to():
    book = _book((VALUES, NOW, ""))
    assert _codes(book) == []
    assert _codes(book, "another") == ["PIL217"]
    assert _codes(None) == ["PIL216"]
    assert [f.code for f in standing("other", DIGEST, read_register(book, "r"), "p")] == ["PIL216"]


def test_an_amendment_is_told_with_its_reason():
    book = _book(({**VALUES, "alpha": 0.1}, NOW, ""), (VALUES, LATER, "two teams merged"))
    (told,) = standing("evening-visits", DIGEST, read_register(book, "r"), "p")
    assert told.code == "PIL218"
    assert "two teams merged" in told.what


def test_the_whole_way(tmp_path):
    file = tmp_path / "p.yaml"
    file.write_text(TEAMS)
    data = Table("d", {"id": tuple("abcd"), "arm": ("today", "evening") * 2, "wait": ("12", "10", "13", "9")})
    found = analyse_pilot(
        file, lambda p: p.read_text(), data, register=(_book((VALUES, NOW, "")), "r"), n_draws=9
    )
    assert found.departures == ()
    assert found.comparisons[0].found.value == -3.0


def test_columns_called_otherwise():
    assert renames(("a=b", "c=d")) == {"a": "b", "c": "d"}
    for odd in ("a", "=b", "a="):
        with pytest.raises(Faults):
            renames((odd,))


CONSTRAINED = TEAMS.replace(
    "method: blocked, block: area", "method: constrained, covariates: [size], best_share: 0.9"
)


def _drawn(tmp_path):
    """Return the file of a constrained pilot, its register and its allocation."""
    file, book = tmp_path / "p.yaml", tmp_path / "r.jsonl"
    more = "".join(
        f"  - [{unit}, south, {size}]\n"
        for unit, size in zip("efghij", (22, 33, 29, 41, 18, 27), strict=True)
    )
    file.write_text(CONSTRAINED.replace("  - [d, south, 40]\n", "  - [d, south, 40]\n" + more))
    opened = read_pilot(file, wiring.read_text)
    enter_protocol(opened, book, "", NOW, wiring.read_bytes, wiring.append_line)
    drawn = randomise(opened, "Lotto 1 2 3")
    enter_draw(drawn, book, LATER, wiring.read_bytes, wiring.append_line)
    return file, book, dict(drawn.allocation.rows)


def test_a_constrained_draw_is_worked_out_again_from_the_register(tmp_path):
    file, book, arms = _drawn(tmp_path)
    data = Table("d", {"id": tuple(arms), "wait": tuple(str(9 + i) for i in range(10))})
    lot = Table("a", {"id": tuple(arms), "arm": tuple(arms.values())})
    found = analyse_pilot(file, wiring.read_text, data, lot, (book.read_bytes(), "r"))
    assert found.departures == ()
    assert found.comparisons[0].found.is_exact
    assert found.comparisons[0].found.n_random < 252
    without = analyse_pilot(file, wiring.read_text, data, lot, n_draws=99)
    assert [d.code for d in without.departures] == ["PIL216", "PIL219"]
    assert without.comparisons[0].found.n_random == 252


def test_an_allocation_that_was_not_drawn_is_told(tmp_path):
    file, book, arms = _drawn(tmp_path)
    other = {"today": "evening", "evening": "today"}
    changed = {**arms, "a": other[arms["a"]]}
    data = Table("d", {"id": tuple(arms), "wait": tuple(str(9 + i) for i in range(10))})
    lot = Table("a", {"id": tuple(arms), "arm": tuple(changed.values())})
    found = analyse_pilot(file, wiring.read_text, data, lot, (book.read_bytes(), "r"))
    assert [d.code for d in found.departures] == ["PIL220"]
