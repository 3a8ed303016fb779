from dataclasses import FrozenInstanceError

import pytest

from remit.briefs.brief import Zone
from small_brief import small


def test_a_zone_counts_people_of_all_ages():
    assert Zone("a", "A", True, (1.0, 2.0, 3.5), 1.0, 0.0, 0.0).population == 6.5


def test_the_system_holds_its_ring():
    assert small().locality.population == 20_000


def test_the_place_itself_is_its_share_of_the_system():
    assert small().locality.inside_share == 0.75


def test_a_number_is_found_by_its_name():
    assert small().number("crews.number").value == 3.0


def test_a_number_that_the_family_has_not_is_an_error():
    with pytest.raises(KeyError):
        small().number("crews.colour")


def test_a_brief_is_frozen():
    with pytest.raises(FrozenInstanceError):
        small().title = "other"  # type: ignore[misc]
