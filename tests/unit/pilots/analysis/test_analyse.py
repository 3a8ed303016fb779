import numpy as np
import pytest

from pilot_files import TEAMS, pilot
from remit.ground.faults import Faults
from remit.pilots.analysis.analyse import analyse
from remit.pilots.analysis.data import Table

WEDGE = (
    TEAMS.replace("cluster_rct", "stepped_wedge")
    .replace("constraints: {method: blocked, block: area}", "constraints: {steps: 2, per_step: 2}")
)  # fmt: skip
IDS = ("a", "b", "c", "d")


def _teams(n=10, effect=-3.0, **columns):
    rng = np.random.default_rng(1)
    ids = tuple(i for i in IDS for _ in range(n))
    arm = tuple({"a": "today", "b": "evening", "c": "today", "d": "evening"}[i] for i in ids)
    wait = 12 + 3 * rng.normal(size=4 * n) + effect * (np.array(arm) == "evening")
    return Table("data.csv", {"id": ids, "arm": arm, "wait": tuple(map(str, wait)), **columns})


def test_blocks_of_teams():
    found = analyse(pilot(), _teams(), n_draws=99)
    (c,) = found.comparisons
    assert c.estimator == "blocked_means"
    assert c.found.value == pytest.approx(c.level_new - c.level_old)
    assert c.found.value < -1.0
    assert c.found.is_exact
    assert c.found.n_random == 4
    assert found.departures == ()
    assert [(f.arm, f.units, f.counted) for f in found.flows] == [("today", 2, 20), ("evening", 2, 20)]


def test_an_outcome_that_was_not_registered_is_worked_out_and_told():
    data = _teams(cost=tuple(str(i) for i in range(40)))
    found = analyse(pilot(), data, extra=("cost",), n_draws=9)
    assert [c.is_registered for c in found.comparisons] == [True, False]
    assert [d.code for d in found.departures] == ["PIL205"]


def test_missing_outcomes_are_counted_and_told():
    data = _teams()
    wait = ("",) * 8 + tuple(data.columns["wait"][8:])
    found = analyse(pilot(), Table("d", {**data.columns, "wait": wait}), n_draws=9)
    assert found.flows[0].missing == 8
    assert [d.code for d in found.departures] == ["PIL212"]
    assert found.comparisons[0].found.n == 32


def test_people_twice_are_told():
    one = pilot(
        TEAMS.replace("cluster_rct", "individual_rct").replace(
            "constraints: {method: blocked, block: area}", ""
        )
    )
    found = analyse(one, _teams(), n_draws=9)
    assert [d.code for d in found.departures] == ["PIL213"]


def test_covariates_are_used_and_shown():
    one = TEAMS.replace("cluster_rct", "individual_rct").replace(
        "constraints: {method: blocked, block: area}", ""
    )
    ids = tuple(f"p{i}" for i in range(40))
    data = _teams(before=tuple(str(i % 7) for i in range(40)))
    data = Table("d", {**data.columns, "id": ids})
    text = one[: one.index("units:")] + "analysis: {covariates: [before]}\n" + one[one.index("assume:") :]
    found = analyse(pilot(text), data, n_draws=9)
    assert found.balance["evening"][0].name == "before"
    assert any("Lin" in a for a in found.comparisons[0].found.assumed)


def test_nobody_in_an_arm_is_refused():
    data = _teams()
    wait = tuple(
        "" if a == "today" else w for a, w in zip(data.columns["arm"], data.columns["wait"], strict=True)
    )
    with pytest.raises(Faults, match="PIL206"):
        analyse(pilot(), Table("d", {**data.columns, "wait": wait}), n_draws=9)


def _wedge():
    rng = np.random.default_rng(3)
    ids = tuple(i for i in IDS for _ in range(15))
    period = tuple(str(p) for _ in IDS for p in (1, 2, 3) for _ in range(5))
    wait = tuple(map(str, 12 + rng.normal(size=60)))
    return Table("data.csv", {"id": ids, "period": period, "wait": wait})


def test_a_wedge_by_the_steps_of_its_allocation():
    lot = Table("a.csv", {"id": IDS, "step": ("step 1", "step 2", "step 1", "step 2"), "group": ("all",) * 4})
    found = analyse(pilot(WEDGE), _wedge(), lot, n_draws=99)
    (c,) = found.comparisons
    assert c.estimator == "wedge_gls"
    assert c.found.n_random == 6
    assert found.flows[0].units == 4
    starts = tuple({"a": "2", "b": "3", "c": "2", "d": "3"}[i] for i in _wedge().columns["id"])
    same = analyse(pilot(WEDGE), Table("d", {**_wedge().columns, "start": starts}), n_draws=99)
    assert same.comparisons[0].found.value == pytest.approx(c.found.value)


def test_a_step_that_is_not_there_is_refused():
    lot = Table("a.csv", {"id": IDS, "step": ("step 1", "step 2", "step 1", "step 9")})
    with pytest.raises(Faults, match="no step"):
        analyse(pilot(WEDGE), _wedge(), lot, n_draws=9)


def test_a_pattern_says_when_a_step_begins_and_what_lies_between():
    text = WEDGE.replace("{steps: 2, per_step: 2}", "{pattern: ['0t1', '00t'], per_step: 2}")
    lot = Table("a.csv", {"id": IDS, "step": ("step 1", "step 2", "step 1", "step 2")})
    found = analyse(pilot(text), _wedge(), lot, n_draws=0)
    assert found.comparisons[0].found.n == 40
