import pytest

from remit.briefs.scenario import Scenario
from remit.ground.faults import Faults
from remit.kernel.layout import Scalar
from remit.mechanism.lower import SCALARS, lower
from remit.workbench.trace import DENSITY, HOUR, trace
from small_brief import CATALOGUE, EFFECTS, opened

DENSER = (("also: [volunteers, citizens]}", "also: [volunteers, citizens, charities]}"),)


def plan(name, found=None):
    found = found or opened()
    return lower(
        found.designs[name], found.designs["today"], found.brief, Scenario(), EFFECTS, CATALOGUE
    ).plan


def test_a_number_is_traced_from_the_brief_through_every_effect():
    found = trace(opened(), "one_more", "crews.number")
    assert found.steps[0].what == "brief"
    assert found.steps[0].value == 3.0
    assert len(found.steps) == 2
    assert found.steps[-1].what.startswith("staff 0.8 to ")
    assert found.steps[-1].value == found.value
    assert found.value > 3.0
    assert found.unit == "people"
    assert found.meaning


def test_a_number_that_no_setting_changes_has_one_step():
    found = trace(opened(), "today", "crews.number")
    assert [s.what for s in found.steps] == ["brief"]
    assert found.value == 3.0


def test_sources_are_spelled_out_once():
    found = trace(opened(), "today", "crews.speed_km_per_hour")
    assert found.sources == ("survey: A survey of the town, 2023 (seen)",)
    assert trace(opened(), "today", "crews.number").sources == ()


@pytest.mark.parametrize("name", ["neighbours", "one_more"])
def test_what_is_traced_is_what_the_plan_holds(name):
    scalars = plan(name).scalars[0]
    alerted = scalars[Scalar.ALERT_ON] > 0.5
    assert alerted == (name == "neighbours")
    # where nobody is alerted, the plan holds nothing of a pool
    columns = [c for c in SCALARS if alerted or not c.name.startswith("ALERT")]
    for column in columns:
        assert trace(opened(), name, SCALARS[column]).value == scalars[column], column.name


@pytest.mark.parametrize("changes", [(), DENSER], ids=["fitted", "denser"])
def test_the_density_that_is_traced_is_what_the_plan_holds(changes):
    found = opened(*changes)
    told = trace(found, "neighbours", DENSITY)
    assert told.value == pytest.approx(plan("neighbours", found).scalars[0, Scalar.ALERT_DENSITY_PER_KM2])
    assert told.steps[0].what == "alert.accepted_share"
    assert told.sources


def test_the_cost_of_a_role_is_traced_to_the_catalogue():
    found = trace(opened(), "neighbours", "roles.broker.cost_gbp_per_year")
    assert found.steps[0].what == "catalogue"
    assert found.unit == "gbp_per_year"
    assert found.value > 0.0


@pytest.mark.parametrize(
    ("design", "parameter", "code", "near"),
    [
        ("neighbour", "crews.number", "DSN007", "neighbours"),
        ("today", "crews.numbr", "MEC004", "crews.number"),
        ("today", "kinds.arest.call_cv", "MEC004", "kinds.arrest.call_cv"),
        ("today", "", "MEC004", ""),
    ],
)
def test_an_unknown_name_is_a_fault_with_the_nearest(design, parameter, code, near):
    with pytest.raises(Faults, match=code) as raised:
        trace(opened(), design, parameter)
    assert near in str(raised.value)


def test_an_hour_of_care_is_traced_through_every_part_to_its_sources():
    from pathlib import Path

    from remit.workbench.briefs import open_brief

    care = open_brief("home-care", Path.read_text)
    today = trace(care, "today", HOUR)
    assert today.unit == "gbp_per_hour"
    parts = [s for s in today.steps if s.what.startswith("part:")]
    built = next(s.value for s in today.steps if s.what.startswith("what an hour costs the provider today"))
    assert sum(p.value for p in parts) == pytest.approx(built)
    assert today.value == care.brief.numbers["price.provider_gbp_per_hour"].value
    found = trace(care, "direct_platform", HOUR)
    market = found.steps[: [s.what for s in found.steps].index("platform.client_pays_share, brief")]
    assert sum(s.value for s in market if s.what.startswith("part:")) == pytest.approx(found.value)
    assert any(line.startswith("trustontap_faq:") for line in found.sources)


def test_a_trace_is_told_in_the_unit_that_the_number_is_named_by():
    from pathlib import Path

    from remit.workbench.briefs import open_brief

    found = trace(open_brief("home-care", Path.read_text), "self_managing_teams", "grant.delay_weeks")
    assert found.unit == "week"
    assert found.steps[0].quantity.low <= found.steps[0].value <= found.steps[0].quantity.high
    assert found.value < found.steps[0].value == 2.0
    factor = next(s.quantity for s in found.steps if "frontline" in s.what)
    assert factor.value == 0.25  # an effect's factor has no unit and is not turned
