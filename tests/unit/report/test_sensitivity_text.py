import numpy as np

from remit.ensemble.freezing import frozen
from remit.questions.shares import shares
from remit.questions.variance import decompose
from remit.questions.worth import Known
from remit.report.sensitivity_text import shared_lines, shared_section, swapped_lines, swapped_section

NAMES = ["crews.speed", "place.calls", "curves.help"]


def shared():
    rng = np.random.default_rng(1)
    x = rng.random((400, 3))
    y = 3.0 * x[:, 0] + x[:, 1] + 4.0 * (x[:, 0] - 0.5) * (x[:, 1] - 0.5)
    return shares([Known(n, x[:, i]) for i, n in enumerate(NAMES)], y, np.zeros(400))


def swapped():
    rng = np.random.default_rng(1)
    points = frozen(NAMES, rng.random((4000, 3)), rng.random((4000, 3)), NAMES, True)
    return decompose(3.0 * points[:, 0] + 8.0 * points[:, 0] * points[:, 1], 3, True)


def test_clear_shares_are_said_first_and_pairs_after_them():
    lines = shared_lines("one_more", shared(), 1)
    assert "2 of 3 unknowns clearly" in lines[0]
    assert "crews: speed" in lines[1]
    assert any("together with" in line for line in lines)
    assert any("luck counts" in line for line in lines)
    section = shared_section("one_more", shared(), lines)
    assert "<svg" in section.picture
    assert len(section.tables[0][1].rows) == 3


def test_swapped_shares_are_said_alone_and_in_all():
    lines = swapped_lines("one_more", NAMES, swapped())
    assert "alone" in lines[1]
    assert "in all" in lines[1]
    assert any("together with" in line for line in lines)
    section = swapped_section("one_more", NAMES, swapped(), lines)
    assert "<svg" in section.picture


def test_where_there_is_no_answer_the_reason_is_all_that_is_said():
    nothing = decompose(np.zeros(8 * 20), 3, True)
    assert swapped_lines("a", NAMES, nothing) == [f"a: {nothing.verdict}"]
    assert swapped_section("a", NAMES, nothing, ["w"]).picture == ""
    empty = shares([Known("x", np.arange(4.0))], np.arange(4.0), np.zeros(4))
    assert shared_lines("a", empty, 2) == [f"a: {empty.verdict}"]
    assert shared_section("a", empty, ["w"]).picture == ""
