import json

import pytest

from remit.report.rules_text import clause_words, forbids, rule_page, rules_lines, rules_plain
from small_brief import CATALOGUE

EVERY = [(r, True) for r in CATALOGUE.rules.values()] + [(r, False) for r in CATALOGUE.tensions.values()]


def test_clauses_are_said_as_a_person_would():
    rule = CATALOGUE.rules["L05"]
    assert clause_words(rule.forbid[0], CATALOGUE) == "Employment terms is member worker"
    assert clause_words(rule.forbid[1], CATALOGUE) == (
        "Ownership and organisation type is anything but worker mutual or platform coop"
    )
    assert "does not include" in forbids(CATALOGUE.rules["N02"], CATALOGUE)
    assert "includes" in forbids(CATALOGUE.rules["N08"], CATALOGUE)


def test_all_rules_are_listed_or_those_of_one_setting():
    said = "\n".join(rules_lines(CATALOGUE))
    assert all(f"{r.id}  " in said for r, _ in EVERY)
    power = "\n".join(rules_lines(CATALOGUE, "power"))
    assert "L14  " in power
    assert "L16  " not in power


def test_json_has_what_each_forbids_and_its_standing():
    told = json.loads(json.dumps(rules_plain(CATALOGUE)))
    assert len(told) == len(EVERY)
    e01 = next(r for r in told if r["rule"] == "E01")
    assert e01["hard"]
    assert e01["grade"] == "B"
    assert e01["lifted_by"]


@pytest.mark.parametrize(("rule", "is_hard"), EVERY, ids=lambda x: getattr(x, "id", str(x)))
def test_every_rule_has_a_page_with_its_reason_and_sources(rule, is_hard):
    page = rule_page(rule, CATALOGUE, is_hard=is_hard)
    assert rule.why in page
    assert all(f"`{s}`" in page for s in rule.sources)
    assert "Lifted by: " in page
