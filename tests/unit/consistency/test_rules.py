import pytest

from design_spaces import BOOK, CATALOGUE
from remit.consistency.rules import add_local, raise_all, soften
from remit.ground.document import parse_document
from remit.ground.faults import Faults
from small_brief import codes_of

GOOD = """\
remit_rules: 1
rules:
- id: NO_ZERO_HOURS
  kind: normative
  forbid: [{v: employment_terms, in: [zero_hours]}]
  why: The council resolved so.
  source: Minutes, 2024
tensions:
- id: T_LONG_DAYS
  kind: empirical
  forbid: [{v: opening_hours, in: [round_clock]}, {v: staff, in: [thin]}]
  why: It wore people out here.
  assumption: What managers say.
soften: [E20]
"""


def local(text):
    book, faults = add_local(BOOK, parse_document(text, "rules.yaml"), CATALOGUE)
    raise_all(faults)
    return book


def test_a_local_file_adds_rules_tensions_and_softens_an_empirical_one():
    book = local(GOOD)
    assert book.hard["NO_ZERO_HOURS"].sources == ("Minutes, 2024",)
    assert "T_LONG_DAYS" in book.tensions
    assert "E20" in book.softened
    assert "E20" not in book.hard
    assert book.origin["NO_ZERO_HOURS"] == "rules.yaml"
    assert book.digest != BOOK.digest


def test_the_catalogue_is_left_as_it_was():
    local(GOOD)
    assert "NO_ZERO_HOURS" not in BOOK.hard
    assert "E20" in BOOK.hard


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("soften: [E20]", "soften: [L14]", "CON003"),
        ("soften: [E20]", "soften: [N05]", "CON003"),
        ("soften: [E20]", "soften: [E222]", "CON002"),
        ("  source: Minutes, 2024\n", "", "QTY003"),
        ("id: NO_ZERO_HOURS", "id: L14", "CON006"),
        ("in: [zero_hours]", "in: [zero_hour]", "CON007"),
        ("v: employment_terms", "v: employment_term", "CON007"),
        ("{v: employment_terms, in: [zero_hours]}", "{v: employment_terms}", "CON007"),
        ("kind: normative", "kind: sacred", "BRF001"),
        ("remit_rules: 1", "remit_rule: 1", "BRF002"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_at_its_line(old, new, code):
    with pytest.raises(Faults) as raised:
        local(GOOD.replace(old, new))
    assert code in codes_of(raised.value)
    assert all(f.place.file == "rules.yaml" for f in raised.value.faults)


def test_an_unknown_name_gets_the_nearest():
    with pytest.raises(Faults) as raised:
        local(GOOD.replace("in: [zero_hours]", "in: [zero_hour]"))
    assert 'Did you mean "zero_hours"' in str(raised.value)


def test_softening_twice_is_softening_once():
    doc = parse_document("a: 1", "t")
    once, none = soften(BOOK, ["E01"], doc, ("soften",))
    twice, also_none = soften(once, ["E01"], doc, ("soften",))
    assert none == also_none == []
    assert set(twice.softened) == {"E01"}
