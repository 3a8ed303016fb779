from itertools import pairwise

import pytest

from design_spaces import CATALOGUE, SPACE, design
from remit.consistency.space import Choice, choices_of, level_in, setting_of, values_of
from remit.design.design import Several


def test_every_option_and_band_has_a_literal_and_no_two_share_one():
    mains = [SPACE.main[v.id, o] for v in CATALOGUE.variables.values() for o in values_of(v)]
    assert len(mains) == len(set(mains)) == sum(1 for _ in CATALOGUE.options_and_bands())
    assert SPACE.n_literals == max(max(map(abs, c)) for c in SPACE.clauses)


def test_for_a_setting_of_one_option_being_present_is_being_main():
    assert SPACE.literal(Choice("power", "members")) == SPACE.literal(Choice("power", "members", "has"))
    assert SPACE.literal(Choice("power", "members", "has_not")) == -SPACE.main["power", "members"]


def test_a_design_states_what_is_present_and_what_is_absent():
    chosen = choices_of(design("who_involved=public_staff+volunteers"), CATALOGUE, ["who_involved", "time"])
    kinds = {(c.option, c.kind) for c in chosen}
    assert ("public_staff", "main") in kinds
    assert ("volunteers", "has") in kinds
    assert ("citizens", "has_not") in kinds
    assert ("standard", "main") in kinds


def test_conditions_are_all_granted_or_those_named():
    assert all(n > 0 for n in SPACE.conditions(None))
    assert sum(n > 0 for n in SPACE.conditions(["data_access"])) == 1


@pytest.mark.parametrize(
    ("band", "base", "level"),
    [
        ("standard", 0.9, 0.9),
        ("rich", 0.9, 1.05),
        ("thin", 0.9, 0.775),
        ("minimal", 0.9, 0.285),
        ("standard", None, 0.925),
        ("rich", 1.6, 1.6),
    ],
)
def test_a_level_moves_to_the_nearest_end_of_its_band(band, base, level):
    staff = CATALOGUE.variables["staff"]
    assert level_in(staff, band, base) == pytest.approx(level, abs=0.006)
    assert staff.band_of(level_in(staff, band, base)) == band


def test_a_setting_of_several_keeps_the_catalogues_order():
    told = setting_of(CATALOGUE.variables["public_role"], "broker", ["broker", "guarantor", "convenor"], None)
    assert told == Several("broker", ("convenor", "guarantor"))


def test_a_choice_is_said_in_words():
    assert (
        str(Choice("public_role", "match_funder", "has_not")) == "public_role does not include match funder"
    )


@pytest.mark.parametrize("variable", [v for v in CATALOGUE.variables.values() if v.bands], ids=lambda v: v.id)
def test_a_level_asked_into_a_band_is_in_it_wherever_it_came_from(variable):
    ends = [*variable.bands.values(), variable.max]
    middles = [0.5 * (a + b) for a, b in pairwise(ends)]
    for band in variable.bands:
        for base in (None, *ends, *middles):
            level = level_in(variable, band, base)
            assert variable.band_of(level) == band
            assert variable.min <= level <= variable.max
            if base is not None and variable.band_of(base) == band:
                assert level == base
