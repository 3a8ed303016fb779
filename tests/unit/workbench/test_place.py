from dataclasses import replace

import pytest

from remit.briefs.brief import Locality, Point, Published, Zone
from remit.briefs.scenario import Scenario
from remit.mechanism.cost import yearly_cost
from remit.mechanism.lower import lower
from remit.mechanism.values import values_of
from remit.workbench.place import CREWS, move_brief, number_of_bases
from small_brief import CATALOGUE, EFFECTS, opened


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
