from dataclasses import replace

import pytest

from remit.briefs.brief import Locality, Point, Published, Zone
from remit.briefs.scenario import Scenario
from remit.briefs.vocabulary import vocabulary
from remit.consistency.rules import standard_rules
from remit.ground.faults import Faults
from remit.kernel.commons.campaign_layout import Scalar
from remit.mechanism.commons.lower import lower as lower_commons
from remit.mechanism.cost import yearly_cost
from remit.mechanism.effect import load_effects
from remit.mechanism.lower import lower
from remit.mechanism.values import values_of
from remit.workbench.briefs import OpenBrief
from remit.workbench.place import CREWS, SCALED, move_brief, number_of_bases
from small_brief import CATALOGUE, EFFECTS, opened
from small_commons import commons, commons_designs, commons_lowered


def place(population=40_000.0, n=4):
    people = population / n / 3.0
    zones = tuple(
        Zone(
            f"N{i}",
            f"New {i}",
            True,
            (people, people, people),
            3.0,
            5e5 + 1e3 * i,
            2e5,
            ((100 + i, 3 * people),),
        )
        for i in range(n)
    )
    return Locality("Newtown", zones, (Point("A", 5e5, 2e5),), (Point("H", 5e5, 2e5),))


@pytest.mark.parametrize(
    ("people", "n"), [(1.0, 1), (9_999.0, 1), (20_000.0, 2), (100_000.0, 10), (25_100.0, 3)]
)
def test_stations_go_by_people(people, n):
    assert number_of_bases(opened().brief, people) == n


def test_crews_that_the_folder_does_not_name_are_scaled_and_called_an_assumption():
    old = opened().brief.numbers[CREWS]
    moved = move_brief(opened(), place(), None)
    new = moved.brief.numbers[CREWS]
    assert (new.value, new.low, new.high) == pytest.approx((2 * old.value, 2 * old.low, 2 * old.high))
    assert (new.shape, new.unit, new.name) == (old.shape, old.unit, old.name)
    assert new.is_assumption
    assert "scaled to 40,000" in new.assumption


def test_crews_that_the_folder_names_are_taken_as_they_are():
    new = move_brief(opened(), place(), 5.5).brief.numbers[CREWS]
    assert (new.value, new.is_uncertain) == (5.5, False)
    assert "Newtown" in new.assumption


def test_only_the_place_its_crews_and_what_was_published_of_it_change():
    published = (Published("x", 1.0, "share", "study", "survival", ""),)
    here = replace(opened(), brief=replace(opened().brief, published=published))
    moved = move_brief(here, place(), None).brief
    assert moved.published == ()
    assert moved.locality.name == "Newtown"
    assert {n for n, q in moved.numbers.items() if q != here.brief.numbers[n]} == {CREWS}
    kept = {"locality": here.brief.locality, "numbers": here.brief.numbers, "published": published}
    assert replace(moved, **kept) == here.brief


def test_levels_are_worked_out_again_for_the_new_place():
    moved = move_brief(opened(), place(), None)
    assert moved.designs["one_more"].settings["staff"] != opened().designs["one_more"].settings["staff"]
    means = Scenario(at_means=True)
    costs = []
    for name in ("neighbours", "same_money"):
        one, today = moved.designs[name], moved.designs["today"]
        values = values_of(one, today, moved.brief, means, EFFECTS, CATALOGUE)
        costs.append(yearly_cost(one, today, values, moved.brief, means, CATALOGUE).public_gbp)
    assert costs[0] == pytest.approx(costs[1])


def test_the_moved_brief_can_be_run():
    moved = move_brief(opened(), place(), 4.0)
    plan = lower(
        moved.designs["one_more"], moved.designs["today"], moved.brief, Scenario(), EFFECTS, CATALOGUE
    ).plan
    assert plan.zones.shape[0] == 4


def opened_commons(about: str) -> OpenBrief:
    return OpenBrief(commons(about), commons_designs(about), standard_rules(CATALOGUE))


def lowered_there(moved: OpenBrief):
    one, effects = moved.designs["today"], load_effects("commons")
    return lower_commons(one, one, moved.brief, Scenario(), effects, CATALOGUE)


@pytest.mark.parametrize("family", SCALED)
def test_what_is_scaled_is_a_number_of_the_family(family):
    assert set(SCALED[family]) <= set(vocabulary(family))


def test_a_pot_goes_by_people_and_ideas_and_pledges_do_so_by_themselves():
    here = opened_commons("projects")
    moved = move_brief(here, place(50_000.0), None)
    told = {n for n, q in moved.brief.numbers.items() if q.value != here.brief.numbers[n].value}
    assert told == {"pot.gbp_per_year"}
    assert moved.brief.numbers["pot.gbp_per_year"].value == pytest.approx(120_000.0)
    there, before = lowered_there(moved).plan, commons_lowered("projects").plan
    for column in (Scalar.IDEAS, Scalar.POT):
        assert there.scalars[column] == pytest.approx(2.0 * before.scalars[column])
    assert there.scalars[Scalar.CROWD] == before.scalars[Scalar.CROWD]
    assert len(there.reach) == 4


def test_whom_an_app_could_reach_goes_by_people():
    moved = move_brief(opened_commons("uptake"), place(50_000.0), None)
    reached = lowered_there(moved).plan.people[:, 0].sum()
    assert reached == pytest.approx(2.0 * commons_lowered("uptake").plan.people[:, 0].sum(), rel=0.02)


def test_an_estate_is_not_moved():
    with pytest.raises(Faults) as raised:
        move_brief(opened_commons("estate"), place(), None)
    (fault,) = raised.value.faults
    assert fault.code == "COM006"
    assert "4 assets of Smallham" in fault.what
