import numpy as np
import pytest

from pilot_files import TEAMS, pilot
from remit.ground.faults import Faults
from remit.pilots.allocation.procedure import Chosen
from remit.pilots.analysis.data import Table
from remit.pilots.analysis.given import Given, Lots

IDS, ARMS = ("a", "b", "c", "d"), ("today", "evening", "today", "evening")
LOT = Table("allocation.csv", {"id": IDS, "arm": ARMS, "group": ("n", "n", "s", "s")})


def _data(**columns):
    return Table("data.csv", {"id": IDS, "arm": ARMS, **columns})


def _codes(protocol, data, allocation=None):
    return [d.code for d in Given(protocol, data, allocation).departures]


def test_nothing_departs():
    given = Given(pilot(), _data(), LOT)
    assert given.departures == []
    assert given.of_row == ARMS
    assert given.group["d"] == "s"


def test_everything_that_departs_is_told():
    data = Table("data.csv", {"id": ("a", "b", "c", "x"), "arm": ("evening", "evening", "today", "today")})
    assert sorted(_codes(pilot(), data, LOT)) == ["PIL207", "PIL208", "PIL209"]
    assert Given(pilot(), data, LOT).of_row == ("today", "evening", "today", "")


def test_other_units_than_listed_and_changed_columns():
    data = Table(
        "data.csv", {"id": ("a", "b", "c", "z"), "arm": ARMS, "area": ("north", "south", "south", "x")}
    )
    assert _codes(pilot(), data) == ["PIL210", "PIL211"]


def test_a_unit_in_two_arms_is_refused():
    with pytest.raises(Faults, match="PIL206"):
        Given(pilot(), Table("d", {"id": ("a", "a"), "arm": ("today", "evening")}), None)


def test_an_arm_that_is_not_there_is_refused():
    with pytest.raises(Faults, match="no arm of the protocol"):
        Given(pilot(), Table("d", {"id": ("a", "b"), "arm": ("today", "night")}), None)


def test_a_constrained_draw_is_told():
    text = TEAMS.replace("method: blocked, block: area", "method: constrained, covariates: [size]")
    assert _codes(pilot(text), _data()) == ["PIL219"]


def test_the_lots_between_two_arms():
    rows = np.array([[0, 1, 0, 1], [1, 0, 1, 0], [0, 0, 1, 1]])
    lots = Lots(IDS, Chosen(IDS, rows), rows[0])
    assert lots.between(1, ("b", "a")).tolist() == [[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]]
    assert lots.between(1, ("b", "z")) is None
    text = TEAMS.replace("method: blocked, block: area", "method: constrained, covariates: [size]")
    assert Given(pilot(text), _data(), LOT, lots).departures == []
