from dataclasses import replace

import pytest

from remit.briefs.brief import KindOfRequest, Shift
from remit.briefs.scenario import Scenario
from remit.design.design import TODAY
from remit.kernel.layout import CrewPlan
from remit.mechanism.crewing import base_order, crew_rows, duty_minutes, shift_order, skill_bits
from remit.mechanism.values import values_of
from small_brief import CATALOGUE, EFFECTS, small, small_designs

BRIEF = small()
DAY = 1440.0
WEEKDAYS = 0b0011111


def on_duty(minutes: list[float]) -> float:
    """Return round-the-clock crews that these minutes a day add up to."""
    days = [shift.days.bit_count() / 7 for shift in shift_order(BRIEF, len(minutes))]
    return sum(m * d for m, d in zip(minutes, days, strict=True)) / DAY


@pytest.mark.parametrize("n", range(1, 12))
def test_more_crews_stand_where_fewer_do_and_one_more(n):
    assert base_order(BRIEF, n + 1)[:n] == base_order(BRIEF, n)


def test_bases_share_crews_by_the_people_nearest_to_them():
    order = base_order(BRIEF, 400)
    assert [order.count(b) for b in (0, 1)] == [300, 100]


def test_the_first_crew_stands_where_most_people_are():
    assert base_order(BRIEF, 1) == [0]


def test_each_crew_goes_where_people_over_odd_numbers_are_most():
    # 15,000 and 5,000 people: 15,000 / 1, 15,000 / 3 = 5,000 / 1 (the first base), 5,000 / 1, 15,000 / 5
    assert base_order(BRIEF, 4) == [0, 0, 1, 0]


def test_no_crews_stand_nowhere():
    assert base_order(BRIEF, 0) == []


@pytest.mark.parametrize("number", [0.0, 0.3, 1.0, 1.2, 3.0, 7.77, 100.0])
def test_minutes_on_duty_add_up_to_the_number_of_crews(number):
    assert on_duty(duty_minutes(BRIEF, number)) == pytest.approx(number, abs=1e-9)


@pytest.mark.parametrize(("fewer", "more"), [(0.5, 0.6), (3.0, 3.1), (3.0, 9.0)])
def test_more_crews_are_on_duty_whenever_fewer_are(fewer, more):
    less, many = duty_minutes(BRIEF, fewer), duty_minutes(BRIEF, more)
    assert all(b >= a for a, b in zip(less, many, strict=False))
    assert len(many) >= len(less)


def test_the_last_crew_works_part_of_its_shift_and_longer_for_its_days_off():
    assert duty_minutes(BRIEF, 1.2) == pytest.approx([DAY, 0.2 * DAY * 7 / 5])


def test_no_crew_works_longer_than_its_shift():
    minutes = duty_minutes(BRIEF, 7.77)
    assert all(m <= s.minutes for m, s in zip(minutes, shift_order(BRIEF, len(minutes)), strict=True))


def test_every_base_gives_out_its_own_shifts_in_turn():
    # bases 0, 0, 1, 0: the second base begins with the first shift again
    first, second = BRIEF.shifts
    assert shift_order(BRIEF, 4) == [first, second, first, first]


def test_crews_that_a_segment_does_not_use_are_never_on():
    assert duty_minutes(BRIEF, 1.0, 4) == [DAY, 0.0, 0.0, 0.0]


def test_skills_have_a_bit_each_in_the_order_of_their_names():
    kinds = (replace(BRIEF.kinds[0], needs=("lift",)), replace(BRIEF.kinds[1], needs=("chair", "lift")))
    brief = replace(BRIEF, kinds=kinds, shifts=(Shift(0.0, DAY, 127, ("rope",)),))
    assert skill_bits(brief) == {"chair": 1, "lift": 2, "rope": 4}


def test_a_brief_without_skills_has_no_bits():
    assert skill_bits(BRIEF) == {}


def test_rows_say_base_shift_and_skills():
    day, weekdays = BRIEF.shifts
    brief = replace(BRIEF, shifts=(replace(day, skills=("a",)), replace(weekdays, skills=("a", "b"))))
    today = small_designs()[TODAY]
    rows = crew_rows(brief, values_of(today, today, brief, Scenario(), EFFECTS, CATALOGUE), 3)
    assert rows[:, CrewPlan.BASE].tolist() == [3 + b for b in base_order(brief, 3)]
    assert rows[:, CrewPlan.START_MINUTE].tolist() == [0.0, 480.0, 0.0]
    assert rows[:, CrewPlan.DAYS].tolist() == [127, WEEKDAYS, 127]
    assert rows[:, CrewPlan.SKILLS].tolist() == [0b01, 0b11, 0b01]


def test_a_kind_is_matched_by_the_same_bits():
    assert isinstance(BRIEF.kinds[0], KindOfRequest)
    assert BRIEF.kinds[0].needs == ()
