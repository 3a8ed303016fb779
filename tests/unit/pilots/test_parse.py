import pytest

from pilot_files import HEAD, TEAMS, pilot
from remit.ground.faults import Faults
from remit.pilots.protocol import Arm

WEDGE = (
    HEAD
    + """\
design: stepped_wedge
outcome: {name: helped, kind: binary, unit: percent, better: up}
unit: ward
arms: [{id: today, title: Today}, {id: new, title: New}]
constraints: {steps: 3, per_step: 2}
"""
)


def codes(text: str) -> list[str]:
    with pytest.raises(Faults) as caught:
        pilot(text)
    return [f.code for f in caught.value.faults]


def test_a_sound_file_is_read():
    found = pilot()
    assert found.arms == (Arm("today", "Today's service", 0.5), Arm("evening", "Evening visits too", 0.5))
    assert found.assumed("effect") == -2 * 1440
    assert found.units.column("size") == (20, 31, 24, 40)
    assert found.constraints.method == "blocked"
    assert found.n_units == 4
    assert (found.alpha, found.power, found.sides) == (0.05, 0.8, 2)


def test_a_wedge_is_allocated_as_one():
    found = pilot(WEDGE).constraints
    assert (found.method, found.steps, found.per_step) == ("stepped_wedge", 3, (2, 2, 2))
    found = pilot(
        WEDGE.replace("steps: 3, per_step: 2", 'per_step: [1, 2], pattern: ["0t1", ".01"]')
    ).constraints
    assert (found.steps, found.per_step, found.pattern) == (2, (1, 2), ("0t1", ".01"))


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("pilot: 1", "pilot: 2", "PIL001"),
        ("pilot: 1", "design_: 1", "PIL001"),
        ("stopping:", "stoping:", "BRF002"),
        ("title: Today's service}", "title: Today's service, share: 0.5}", "PIL002"),
        ("id: evening, title", "id: today, title", "PIL003"),
        ("[b, north", "[a, north", "PIL003"),
        ("[b, north, 31]", "[b, north]", "PIL004"),
        ("[id, area, size]", "[name, area, size]", "PIL004"),
        ("block: area", "block: aera", "PIL005"),
        ("method: blocked, block: area", "method: blocked", "PIL006"),
        ("method: blocked, block: area", "method: constrained", "PIL006"),
        ("method: blocked", "method: stepped_wedge, steps: 2", "PIL006"),
        ("icc:", "iccc:", "PIL007"),
        ("{value: 0.05, unit: share, low: 0.01, high: 0.1,", "{value: 1.5, unit: share,", "PIL009"),
        ("kind: continuous", "kind: binary", "PIL010"),
        ("kind: continuous", "kind: rate", "PIL010"),
        ("unit: day, better", "unit: dya, better", "QTY001"),
        ("{value: 12, unit: day,", "{value: 12, unit: share,", "QTY002"),
        ("source: register", "source: registers", "QTY004"),
    ],
)
def test_a_fault_is_told(old, new, code):
    assert old in TEAMS
    assert codes(TEAMS.replace(old, new, 1))[0] == code


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{steps: 3, per_step: 2}", "{}"),
        ("per_step: 2", "per_step: [1, 2]"),
        ("per_step: 2", 'pattern: ["01", "011", "1"]'),
        ("{steps: 3", "{method: simple, steps: 3"),
    ],
)
def test_steps_that_do_not_fit_are_refused(old, new):
    assert codes(WEDGE.replace(old, new)) == ["PIL006"] * len(codes(WEDGE.replace(old, new)))


def test_steps_must_take_all_that_are_listed():
    units = "units: {columns: [id], rows: [[a], [b], [c]]}\n"
    assert codes(WEDGE + units) == ["PIL006"]


def test_all_faults_are_told_at_once():
    bad = TEAMS.replace("icc:", "iccc:").replace("block: area", "block: x").replace("[b, north", "[a, north")
    assert codes(bad) == ["PIL003", "PIL005", "PIL007"]


def test_shares_of_thirds_may_be_rounded():
    arms = "arms:\n" + "".join(f"- {{id: {a}, title: A, share: 0.33}}\n" for a in "abc")
    start, end = TEAMS.index("arms:"), TEAMS.index("units:")
    assert sum(a.share for a in pilot(TEAMS[:start] + arms + TEAMS[end:]).arms) == pytest.approx(1.0)
