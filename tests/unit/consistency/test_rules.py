import pytest

from design_spaces import BOOK, CATALOGUE
from remit.consistency.explain import is_possible
from remit.consistency.rules import add_local, raise_all, soften
from remit.consistency.space import Choice, Space
from remit.ground.document import Document, parse_document
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


def refused(text, book=BOOK):
    _, faults = add_local(book, parse_document(text, "rules.yaml"), CATALOGUE)
    return sorted(f.code for f in faults)


def test_a_local_rule_refuses_what_it_forbids_and_a_softened_one_no_longer_does():
    by_the_hour = [Choice("employment_terms", "zero_hours")]
    freelance = [Choice("who_involved", "freelancers"), Choice("structure", "shared_service")]
    ours = Space(CATALOGUE, local(GOOD))
    theirs = Space(CATALOGUE, BOOK)
    assert (is_possible(theirs, by_the_hour), is_possible(ours, by_the_hour)) == (True, False)
    assert (is_possible(theirs, freelance), is_possible(ours, freelance)) == (False, True)


@pytest.mark.parametrize("name", [r.id for r in CATALOGUE.rules.values() if r.kind != "empirical"])
def test_no_rule_of_logic_or_law_can_be_softened(name):
    book, faults = soften(BOOK, [name], Document("brief.yaml", {}, {}), ("soften",))
    assert [f.code for f in faults] == ["CON003"]
    assert name in book.hard


@pytest.mark.parametrize("name", [r.id for r in CATALOGUE.rules.values() if r.kind == "empirical"])
def test_every_empirical_rule_can(name):
    book, faults = soften(BOOK, [name], Document("brief.yaml", {}, {}), ("soften",))
    assert faults == []
    assert set(BOOK.hard) - set(book.hard) == {name} == set(book.softened)


def test_a_tension_cannot_be_softened_as_it_refuses_nothing():
    assert refused("remit_rules: 1\nsoften: [T_HANDOFFS]\n") == ["CON002"]


def test_a_local_file_softens_the_catalogues_rules_and_not_its_own_which_it_can_call_tensions():
    own = GOOD.replace("soften: [E20]", "soften: [NO_ZERO_HOURS]")
    assert refused(own) == ["CON002"]
    assert refused(own.replace("kind: normative", "kind: empirical")) == ["CON002"]


def test_an_id_is_taken_by_a_tension_by_a_softened_rule_and_by_a_rule_of_the_same_file():
    assert refused(GOOD.replace("NO_ZERO_HOURS", "T_HANDOFFS")) == ["CON006"]
    book, _ = soften(BOOK, ["E01"], Document("brief.yaml", {}, {}), ("soften",))
    assert refused(GOOD.replace("NO_ZERO_HOURS", "E01"), book) == ["CON006"]
    assert refused(GOOD.replace("T_LONG_DAYS", "NO_ZERO_HOURS")) == ["CON006"]


def test_all_that_is_wrong_with_a_file_is_told_at_once():
    text = (
        GOOD.replace("id: NO_ZERO_HOURS", "id: L14")
        .replace("  source: Minutes, 2024\n", "")
        .replace("v: employment_terms", "v: employment_term")
        .replace("[E20]", "[E222, N05, E20]")
    )
    assert refused(text) == ["CON002", "CON003", "CON006", "CON007", "QTY003"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("id: NO_ZERO_HOURS", "id: two words"),
        ("id: NO_ZERO_HOURS", "id: 7"),
        ("[{v: employment_terms, in: [zero_hours]}]", "[]"),
        ("in: [zero_hours]", "among: [zero_hours]"),
        ("  why: The council resolved so.\n", ""),
        ("remit_rules: 1", "remit_rules: 2"),
    ],
)
def test_a_file_of_another_form_adds_nothing(old, new):
    book, faults = add_local(BOOK, parse_document(GOOD.replace(old, new), "rules.yaml"), CATALOGUE)
    assert {f.code[:3] for f in faults} == {"BRF"}
    assert book is BOOK


def test_the_identity_of_rules_is_what_is_in_force_and_not_the_order_it_was_written_in():
    doc = Document("brief.yaml", {}, {})
    one, other = (soften(BOOK, names, doc, ())[0] for names in (["E01", "E02"], ["E02", "E01"]))
    assert one.digest == other.digest
    assert len({b.digest for b in (BOOK, one, local(GOOD), soften(BOOK, ["E01"], doc, ())[0])}) == 4
