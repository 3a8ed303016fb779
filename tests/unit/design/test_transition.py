from remit.design.design import TODAY
from remit.design.transition import Stage, Transition
from small_brief import opened

TODAYS = opened().designs[TODAY]
FIRST = TODAYS.changed(data="live_location_and_status")
LAST = FIRST.changed(technology="matching_platform", prevention=10.0)
WAY = Transition(
    "way",
    "A way",
    (Stage(0, TODAYS), Stage(6, FIRST), Stage(12, LAST)),
    double_from=6,
    double_until=18,
    in_progress=(("data", 0, 6), ("technology", 2, 12), ("prevention", 9, 12)),
)


def test_the_design_of_a_month_is_the_last_that_took_effect():
    assert [WAY.at(m).digest for m in (0, 5.9, 6, 11, 12, 40)] == [
        d.digest for d in (TODAYS, TODAYS, FIRST, FIRST, LAST, LAST)
    ]
    assert WAY.goal is LAST
    assert WAY.last_month == 12


def test_moves_are_what_changes_at_each_stage():
    assert WAY.moves() == [(6, ("data",)), (12, ("prevention", "technology"))]


def test_its_identity_is_what_happens_when_and_not_its_name():
    same = Transition("other", "Another", WAY.stages, 6, 18, WAY.in_progress)
    later = Transition("way", "A way", (*WAY.stages[:2], Stage(13, LAST)), 6, 18, WAY.in_progress)
    assert same.digest == WAY.digest
    assert later.digest != WAY.digest


def test_handed_back_nothing_moves_after_the_decision_and_today_returns_later():
    back = WAY.handed_back(10, 14)
    assert [s.month for s in back.stages] == [0, 6, 14]
    assert back.at(13).digest == FIRST.digest
    assert back.at(14).digest == TODAYS.digest
    assert back.double_until == 14
    assert back.in_progress == (("data", 0, 6), ("technology", 2, 10), ("prevention", 9, 10))


def test_handed_back_before_anything_moved_is_today():
    back = WAY.handed_back(3, 5)
    assert [s.month for s in back.stages] == [0]
    assert (back.double_from, back.double_until) == (-1, -1)


def test_handed_back_after_all_has_moved_is_today_again():
    back = WAY.handed_back(20, 30)
    assert [s.month for s in back.stages] == [0, 6, 12, 30]
    assert back.goal.digest == TODAYS.digest
    assert back.moves()[-1] == (30, ("prevention", "technology", "data"))
    assert (back.double_from, back.double_until) == (6, 18)
    assert back.in_progress == WAY.in_progress


def test_a_way_given_up_is_another_way_and_leaves_the_first_as_it_was():
    digest = WAY.digest
    assert WAY.handed_back(10, 14).digest not in (digest, WAY.handed_back(10, 15).digest)
    assert WAY.digest == digest
