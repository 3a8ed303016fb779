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
