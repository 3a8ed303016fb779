import pytest

from lots import ROWS, lot, lot_text
from pilot_files import TEAMS
from remit.pilots.allocation.allocate import allocate
from remit.pilots.allocation.asked import asked, faults_before, floor_faults, ratio_of


def codes(text):
    return [f.code for f in faults_before(*lot(text))]


def test_a_protocol_becomes_units_and_scheme():
    units, scheme = asked(lot(lot_text("{method: constrained, covariates: [size], best_share: 0.2}"))[0])
    assert units.ids[:2] == ("t1", "t2")
    assert (scheme.method, scheme.arms, scheme.ratio) == ("constrained", ("today", "evening"), (1, 1))
    assert scheme.keep_share == 0.2
    assert asked(lot(lot_text("{method: blocked, covariates: [area]}"))[0])[1].blocks == ("area",)


def test_a_stepped_wedge_has_steps_for_arms():
    text = lot_text("{method: stepped_wedge, steps: 4, covariates: [size]}", design="stepped_wedge")
    scheme = asked(lot(text)[0])[1]
    assert (scheme.method, scheme.is_wedge, scheme.ratio) == ("constrained", True, (1, 1, 1, 1))
    several = lot_text("{method: stepped_wedge, steps: 2, per_step: [2, 6]}", design="stepped_wedge")
    assert asked(lot(several)[0])[1].ratio == (2, 6)


@pytest.mark.parametrize("shares", [[0.5, 0.5], [1 / 3] * 3, [0.7, 0.2, 0.1]])
def test_shares_become_whole_numbers(shares):
    ratio = ratio_of(shares)
    assert [r / sum(ratio) for r in ratio] == pytest.approx(shares)


def test_what_cannot_be_drawn_is_refused():
    assert codes(lot_text()) == []
    no_units = lot_text().replace(
        lot_text()[lot_text().index("units:\n") : lot_text().index("constraints")], ""
    )
    assert codes(no_units) == ["PIL101"]
    assert codes(lot_text("{}", design="did")) == ["PIL103"]
    assert codes(lot_text("{method: stepped_wedge, steps: 9}", design="stepped_wedge")) == ["PIL102"]
    assert codes(lot_text("{method: matched, covariates: [size]}", ROWS[:7])) == ["PIL105"]
    assert codes(lot_text("{method: matched, block: area, covariates: [size]}", ROWS[:6])) == []
    unequal = lot_text("{method: matched, covariates: [size]}").replace(
        "title: Today's service}", "title: Today's service, share: 0.75}"
    )
    assert codes(unequal.replace("title: Evening visits}", "title: Evening visits, share: 0.25}")) == [
        "PIL105"
    ]
    uneven = "{method: stepped_wedge, steps: 2, per_step: [3, 5], block: area}"
    assert codes(lot_text(uneven, design="stepped_wedge")) == ["PIL107"]


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        (lot_text(), False),
        (lot_text(rows=ROWS[:6]), True),  # three against three: 2 in 20
        (lot_text(rows=ROWS[:6], extra="sides: 1\n"), False),  # 1 in 20
        (lot_text("{method: matched, covariates: [size]}"), True),  # four pairs: 2 in 16
        (lot_text("{method: constrained, covariates: [size]}"), True),  # 7 of 70
        (TEAMS, True),
    ],
)
def test_too_few_units_for_any_finding_are_refused(text, refused):
    protocol, doc = lot(text)
    found = floor_faults(allocate(*asked(protocol), "s"), protocol, doc)
    assert [f.code for f in found] == ["PIL104"] * refused
    if refused:
        assert "equally likely" in found[0].what


def test_a_protocol_without_units_asks_for_nothing():
    protocol, _ = lot(lot_text())
    from dataclasses import replace

    with pytest.raises(ValueError, match="units"):
        asked(replace(protocol, units=None))
