from pathlib import Path

import pytest

from remit.design.design import TODAY
from remit.ground.faults import Faults
from remit.workbench.briefs import open_brief
from remit.workbench.rules import local_rules
from small_brief import CATALOGUE, codes_of, small_text
from standing import FORBIDS_TODAY, GOOD_RULES, NO_RESPONDERS, typical, under

RULE = "{id: ours, kind: normative, forbid: [{v: power, in: [members]}], why: So., assumption: Ours.}"


def rules(*lines):
    return "\n".join(["remit_rules: 1", "rules:", *(f"- {line}" for line in lines), ""])


def refused(text, place=None):
    with pytest.raises(Faults) as raised:
        under(text, place)
    return raised.value


def brief(*lines, read=None):
    """The small brief with lines about rules."""
    text = small_text(("\ndesigns:\n", "\n" + "\n".join(lines) + "\ndesigns:\n"))
    asked = []

    def read_text(path):
        asked.append(str(path))
        return text if path.name == "brief.yaml" else (read or {})[path.as_posix()]

    return open_brief("folder/brief.yaml", read_text), asked


def test_a_place_s_own_rules_stand_beside_the_catalogue_s():
    book = under(GOOD_RULES).ground.book
    plain = typical().ground.book
    assert set(book.hard) == {*plain.hard, "no_freelancers"} - {"E01"}
    assert set(book.tensions) == {*plain.tensions, "T_OURS"}
    assert set(book.softened) == {"E01"}
    assert book.origin == {"no_freelancers": "rules.yaml", "T_OURS": "rules.yaml"}
    assert book.digest != plain.digest


def test_where_a_rule_comes_from_is_kept():
    book = under(GOOD_RULES).ground.book
    assert book.hard["no_freelancers"].sources == ("assumption: Agreed in 2024.",)
    assert book.tensions["T_OURS"].sources == ("our own review",)


def test_a_rule_that_today_s_service_breaks_is_refused_at_its_line():
    raised = refused(FORBIDS_TODAY)
    assert codes_of(raised) == ["CON004"]
    (fault,) = raised.faults
    assert fault.place.line == FORBIDS_TODAY.splitlines().index("- id: no_orders") + 1
    assert "no_orders" in fault.what
    assert "hierarchical" in fault.what


def test_every_rule_that_today_breaks_is_told_at_once():
    raised = refused(
        rules(
            RULE.replace("ours", "one").replace("power, in: [members]", "channels, in: [phone_first]"),
            RULE,
            RULE.replace("ours", "two").replace("power, in: [members]", "data, in: [siloed]"),
        )
    )
    assert codes_of(raised) == ["CON004", "CON004"]
    assert [f.place.path for f in raised.faults] == ["rules[0]", "rules[2]"]


TODAY_THAT_BREAKS_A_RULE = {"power": "frontline_teams"}  # and takes orders: L14


def test_rules_that_leave_no_design_are_named():
    # what today's service does is left alone by each rule, and is itself impossible
    today = typical().today.changed(**TODAY_THAT_BREAKS_A_RULE)
    text = rules(
        RULE.replace("power, in: [members]", "power, not_in: [frontline_teams]"),
        RULE.replace("ours", "orders").replace(
            "power, in: [members]", "relationship, not_in: [hierarchical]"
        ),
    )
    with pytest.raises(Faults) as raised:
        local_rules(typical().ground.book, Path("r.yaml"), today, lambda path: text, CATALOGUE)
    assert codes_of(raised.value) == ["CON005"]
    for name in ("ours", "orders", "L14"):
        assert name in str(raised.value)
    assert raised.value.faults[0].place.file == "r.yaml"


def test_a_rule_of_the_catalogue_that_today_breaks_already_is_no_fault_of_the_place_s_own():
    today = typical().today.changed(**TODAY_THAT_BREAKS_A_RULE)
    book = local_rules(typical().ground.book, Path("r.yaml"), today, lambda path: NO_RESPONDERS, CATALOGUE)
    assert "we_decide" in book.hard


@pytest.mark.parametrize(
    ("line", "code", "near"),
    [
        (RULE.replace("ours", "L14"), "CON006", "L14"),
        (RULE.replace("ours", "T_HANDOFFS"), "CON006", "T_HANDOFFS"),
        (RULE.replace("v: power", "v: powr"), "CON007", '"power"'),
        (RULE.replace("[members]", "[member]"), "CON007", '"members"'),
        (RULE.replace(", in: [members]", ""), "CON007", "forbid[0]"),
        (RULE.replace(", assumption: Ours.", ""), "QTY003", "ours"),
        (RULE.replace("id: ours, ", ""), "BRF003", "id"),
        (RULE.replace("why", "wy"), "BRF002", '"why"'),
        (RULE.replace("normative", "moral"), "BRF001", "moral"),
        (RULE.replace("[{v: power, in: [members]}]", "[]"), "BRF001", "forbid"),
    ],
)
def test_a_rule_that_does_not_make_sense_is_refused_with_what_was_meant(line, code, near):
    raised = refused(rules(line))
    assert code in codes_of(raised)
    assert near in str(raised)
    assert all(f.place.line for f in raised.faults if f.code != "BRF003")


def test_everything_wrong_with_the_rules_is_told_at_once():
    raised = refused(
        rules(
            RULE.replace("[members]", "[member]").replace(", assumption: Ours.", ""),
            RULE,
            RULE,
        )
        + "soften: [E99, L14]\n"
    )
    assert codes_of(raised) == ["CON002", "CON003", "CON006", "CON006", "CON007", "QTY003"]


def test_two_rules_of_one_name_are_one_fault():
    assert codes_of(refused(rules(RULE, RULE))) == ["CON006"]


def test_an_empirical_rule_is_softened_and_others_are_not():
    kinds = {name: rule.kind for name, rule in CATALOGUE.rules.items()}
    soft = [n for n, k in kinds.items() if k == "empirical"]
    firm = [n for n, k in kinds.items() if k != "empirical"]
    book = under(f"remit_rules: 1\nsoften: [{', '.join(soft)}]\n").ground.book
    assert set(book.softened) == set(soft)
    assert set(book.hard) == set(firm)
    assert codes_of(refused(f"remit_rules: 1\nsoften: [{', '.join(firm)}]\n")) == ["CON003"] * len(firm)


def test_softening_once_more_is_no_fault_and_a_rule_there_is_not_names_the_nearest():
    assert set(under("remit_rules: 1\nsoften: [E01, E01]\n").ground.book.softened) == {"E01"}
    assert "T_HANDOFFS" not in under("remit_rules: 1\n").ground.book.softened
    assert codes_of(refused("remit_rules: 1\nsoften: [E999]\n")) == ["CON002"]


def test_a_brief_names_its_rule_file_beside_itself_and_what_it_softens():
    found, asked = brief(
        "local_rules: rules/ours.yaml", "soften: [E02]", read={"folder/rules/ours.yaml": GOOD_RULES}
    )
    assert asked == ["folder/brief.yaml", "folder/rules/ours.yaml"]
    assert set(found.book.softened) == {"E01", "E02"}
    assert "no_freelancers" in found.book.hard


@pytest.mark.parametrize("path", ["../rules.yaml", "/etc/rules.yaml", "rules/../../rules.yaml"])
def test_a_rule_file_outside_the_brief_s_folder_is_not_even_read(path):
    with pytest.raises(Faults) as raised:
        brief(f"local_rules: {path}")
    assert codes_of(raised.value) == ["CON008"]
    assert raised.value.faults[0].place.path == "local_rules"


def test_faults_of_softening_and_of_the_rule_file_come_together():
    with pytest.raises(Faults) as raised:
        brief("local_rules: ours.yaml", "soften: [L14, E999]", read={"folder/ours.yaml": FORBIDS_TODAY})
    assert codes_of(raised.value) == ["CON002", "CON003", "CON004"]
    with pytest.raises(Faults) as raised:
        brief("local_rules: ../ours.yaml", "soften: [L14]")
    assert codes_of(raised.value) == ["CON003", "CON008"]


def test_a_brief_without_rules_of_its_own_has_the_catalogue_s():
    found, _ = brief()
    assert found.book == typical().ground.book
    assert found.designs[TODAY]


def test_an_unknown_key_of_a_clause_is_told_the_keys_as_they_are_written():
    raised = refused(rules(RULE.replace("in: [members]", "on: [members]")))
    assert codes_of(raised) == ["BRF002"]
    assert "in_," not in str(raised)


def test_an_id_with_a_space_is_told_what_an_id_may_hold():
    assert "a-za-z" not in str(refused(rules(RULE.replace("ours", "our own"))))


def test_a_rule_whose_name_is_taken_does_not_hide_the_one_that_has_it():
    raised = refused(rules(RULE.replace("ours", "L14")) + "soften: [L14]\n")
    assert '"L14" is logical' in str(raised)
