import numpy as np

from remit.simulate.groups import groups_of, laid_out

GROUPS = groups_of(2, "year", False)


def test_a_run_is_told_for_everyone_by_fifth_and_by_period():
    fifths = [("own_fifth", str(f)) for f in range(1, 6)]
    assert list(GROUPS) == [("all", ""), *fifths, ("year", "1"), ("year", "2")]


def test_where_only_everyone_is_asked_for_there_is_no_other_group():
    assert groups_of(10, "month", True) == (("all", ""),)


def test_what_is_known_stands_in_its_groups_and_nothing_elsewhere():
    everyone, fifths, years = np.array([1.0, 2.0]), np.arange(10.0).reshape(2, 5), np.array([[7.0, 8.0]] * 2)
    told = laid_out(GROUPS, everyone, fifths, years)
    assert told[:, 0].tolist() == [1.0, 2.0]
    assert told[:, 1:6].tolist() == fifths.tolist()
    assert told[:, 6:].tolist() == years.tolist()
    assert np.isnan(laid_out(GROUPS, everyone)[:, 1:]).all()
    assert np.isnan(laid_out(GROUPS, everyone, fifths)[:, 6:]).all()
    assert np.isnan(laid_out(GROUPS, everyone, None, years)[:, 1:6]).all()


def test_everyone_alone_needs_no_room_for_others():
    told = laid_out(groups_of(2, "year", True), np.array([1.0]), np.ones((1, 5)), np.ones((1, 2)))
    assert told.tolist() == [[1.0]]
