from dataclasses import replace

import numpy as np
import pytest

from remit.kernel.commons.uptake_layout import Person, Scalar
from remit.mechanism.uptake import has_uptake, uptake_plan
from remit.mechanism.values import Values
from small_brief import small

BRIEF = small()
APP = {
    "uptake.on": 1.0,
    "uptake.makers_at_start": 1.0,
    "uptake.innovate_per_week": 0.52142857142857146,  # a year: a hundredth a week
    "uptake.imitate_per_week": 5.2142857142857146,
    "uptake.offline_share_most_deprived": 0.3,
    "uptake.offline_share_least_deprived": 0.1,
    "uptake.active_at_start_share": 0.5,
}


def values(**changes: float) -> Values:
    numbers = {n: q.value for n, q in BRIEF.numbers.items()}
    return Values(
        {**numbers, **{k.replace("__", "."): v for k, v in changes.items()}}, {}, "desk", "response"
    )


def app(**changes: float) -> Values:
    return values(**APP, **changes)


def test_a_brief_that_says_nothing_has_none():
    plan = uptake_plan(values(), BRIEF)
    assert not has_uptake(values())
    assert not plan.innovate.any()
    assert not plan.scalars[:, [Scalar.MAKERS, Scalar.BEGIN]].any()
    assert not plan.people[:, Person.ACTIVE_START].any()


def test_everyone_inside_is_counted_once_and_as_whole_people():
    inside = sum(z.population for z in BRIEF.locality.zones if z.is_inside)
    for v in (values(), app()):
        people = uptake_plan(v, BRIEF).people
        assert people[:, [Person.REACHED, Person.OFFLINE]].sum() == pytest.approx(inside, abs=3.0)
        assert (people == np.rint(people)).all()


def test_offline_falls_in_a_straight_line_from_the_most_deprived_fifth():
    people = uptake_plan(app(), BRIEF).people
    both = people[:, Person.REACHED] + people[:, Person.OFFLINE]
    filled = both > 0
    want = np.linspace(0.3, 0.1, 5)[filled]
    assert people[filled, Person.OFFLINE] / both[filled] == pytest.approx(want, abs=0.01)


def test_rates_are_told_a_week():
    plan = uptake_plan(app(), BRIEF)
    assert plan.scalars[0, Scalar.IMITATE] == pytest.approx(0.1)
    assert plan.innovate[0] == pytest.approx(0.01)


def test_the_deprived_sign_up_more_slowly_about_the_same_mean():
    plan = uptake_plan(app(uptake__deprived_factor=0.5), BRIEF)
    reached = plan.people[:, Person.REACHED]
    assert plan.innovate[0, 0] == pytest.approx(0.5 * plan.innovate[0, 4])
    assert plan.innovate[0] @ reached / reached.sum() == pytest.approx(0.01)


def test_dated_changes_begin_segments_of_their_own():
    dearer = replace(app(), numbers={**app().numbers, "uptake.churn_per_week": 5.2142857142857146})
    plan = uptake_plan(app(), BRIEF, [(30, dearer)])
    assert plan.segment_weeks.tolist() == [0, 30]
    assert plan.scalars[:, Scalar.CHURN] == pytest.approx([0.0, 0.1])
    assert plan.people.shape == (5, 3)
