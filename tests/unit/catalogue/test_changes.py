from importlib import resources

import pytest

from remit.catalogue.catalogue import load_catalogue
from remit.catalogue.changes import load_changes, parse_changes
from remit.ground.document import parse_document
from remit.ground.faults import Faults
from small_brief import codes_of

CHANGES = load_changes()
TEXT = """\
meta: {price_year: 2025}
assumption: planning range
changes: []
double_running:
  variables: [ownershp]
  settling_months: {value: 6, unit: months, low: 3, high: 12, assumption: a}
  share: {value: 0.2, unit: share, low: 0.05, high: 0.5, assumption: a}
"""


def test_every_setting_says_what_changing_it_takes():
    assert set(CHANGES.by_variable) == set(load_catalogue().variables)
    for change in CHANGES.by_variable.values():
        assert 0 < change.months[0] <= change.months[1]
        assert 0 <= change.cost_k[0] <= change.cost_k[1]


def test_a_cost_is_a_range_in_pounds_of_the_asked_year_and_an_assumption():
    then = CHANGES.cost_of("technology", CHANGES.price_year)
    assert (then.low, then.value, then.high) == (80_000.0, 290_000.0, 500_000.0)
    assert then.is_assumption
    earlier = CHANGES.cost_of("technology", 2018)
    assert earlier.value < then.value
    assert earlier.name == then.name


def test_both_ways_run_only_where_the_work_changes_hands():
    assert set(CHANGES.double_variables) == {"who_involved", "ownership"}


def test_a_file_that_leaves_settings_out_or_names_none_is_refused_all_at_once():
    with pytest.raises(Faults) as raised:
        parse_changes(parse_document(TEXT, "changes.yaml"))
    assert codes_of(raised.value) == ["CAT001"] * 25


SHIPPED = resources.files("remit.catalogue").joinpath("data", "changes.yaml").read_text("utf-8")
TIME = "- {variable: time, difficulty: 1, months: [1, 3], cost_k: [0, 10], undo: easy,"


def refused(old, new):
    """Return the codes of the shipped file with something put in place of ``old``; none if it is read."""
    assert SHIPPED.count(old) == 1
    try:
        parse_changes(parse_document(SHIPPED.replace(old, new), "changes.yaml"))
    except Faults as raised:
        return codes_of(raised)
    return []


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        (TIME, TIME.replace("time", "tmie"), ["CAT001", "CAT001"]),
        (TIME, TIME.replace("difficulty: 1", "difficulty: 6"), ["BRF001"]),
        (TIME, TIME.replace("undo: easy", "undo: never"), ["BRF001"]),
        (TIME, TIME.replace("months: [1, 3]", "months: [1]"), ["BRF003"]),
        ("unit: months", "unit: share", ["QTY002"]),
        ("variables: [who_involved, ownership]", "variables: [who_involved, owner]", ["CAT001"]),
        ("unit: share, low: 0.05", "unit: share, low: 0.3", ["QTY005"]),
    ],
)
def test_a_file_that_does_not_hold_together_is_refused(old, new, codes):
    assert refused(old, new) == codes


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (TIME, TIME + " why: First.}\n" + TIME),
        (TIME, TIME.replace("[1, 3]", "[3, 1]")),
        (TIME, TIME.replace("[1, 3]", "[-3, 1]")),
        (TIME, TIME.replace("[0, 10]", "[10, 0]")),
    ],
    ids=["a_setting_twice", "months_upside_down", "months_below_nothing", "pounds_upside_down"],
)
def test_a_setting_told_twice_or_a_range_upside_down_is_refused(old, new):
    assert refused(old, new)


def test_both_ends_of_a_cost_are_carried_to_another_year_by_the_same_factor():
    then, now = (CHANGES.cost_of("ownership", year) for year in (2018, CHANGES.price_year))
    assert then.low / now.low == pytest.approx(then.high / now.high)
    assert then.low < then.value < then.high
