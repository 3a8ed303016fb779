import json

import pytest

from remit.design.parse import parse_settings
from remit.ground.document import Document
from remit.report.design_plain import (
    between_plain,
    clash_plain,
    idea_plain,
    near_plain,
    openness_plain,
    settings_plain,
    verdict_plain,
)
from remit.workbench.thinking import between, have_ideas, judge, mend, openness, why_not
from small_brief import CATALOGUE
from standing import GOOD_RULES, city, proposed, typical, under


def plain(value):
    """The value as a reader of --json has it; not a number is no JSON."""
    return json.loads(json.dumps(value, allow_nan=False))


@pytest.mark.parametrize("name", list(CATALOGUE.archetypes))
def test_settings_can_be_put_back_into_a_design_file(name):
    design = proposed(name).design
    again, faults = parse_settings(plain(settings_plain(design)), CATALOGUE, Document("x", {}, {}), ())
    assert faults == []
    assert plain(settings_plain(design)) == plain(settings_plain(design.changed(**again)))


def test_a_verdict_holds_all_that_is_said_of_a_design():
    place = under(GOOD_RULES)
    verdict = judge(proposed("power=frontline_teams").design, place)
    told = plain(verdict_plain(verdict, CATALOGUE))
    assert (told["consistent"], told["open"]) == (False, False)
    assert [f["rule"] for f in told["broken"]] == [f.rule.id for f in verdict.broken]
    assert [f["rule"] for f in told["softened"]] == ["E01"]
    assert "T_OURS" in [f["rule"] for f in told["tensions"]]
    assert list(told["settings"]) == list(CATALOGUE.variables)
    (orders,) = (f for f in told["broken"] if f["rule"] == "L14")
    assert orders["because"] == ["Power: frontline teams", "Relationship: hierarchical"]
    assert (orders["kind"], orders["grade"], orders["sources"]) == ("logical", "B", ["buurtzorg_cf"])


def test_conditions_are_told_with_whether_this_place_has_them_and_how_long_they_take():
    verdict = judge(proposed("direct_platform").design, typical())
    told = plain(verdict_plain(verdict, CATALOGUE))["conditions"]
    assert verdict.missing
    assert verdict.granted
    assert [(c["condition"], c["granted"]) for c in told] == [
        *((c.id, False) for c in verdict.missing),
        *((c.id, True) for c in verdict.granted),
    ]
    for condition in told:
        assert condition["lead_months"] == list(CATALOGUE.conditions[condition["condition"]].lead_months)


def test_what_is_open_is_told_from_what_only_holds_together():
    for text, is_open in (("traditional", True), ("direct_platform", False)):
        told = verdict_plain(judge(proposed(text).design, typical()), CATALOGUE)
        assert (told["consistent"], told["open"]) == (True, is_open)


def test_a_clash_holds_its_choices_and_rules():
    (clash,) = why_not(proposed("who_involved=volunteers, employment_terms=salaried"), typical())
    told = plain(clash_plain(clash))
    assert {(c["variable"], c["option"], c["kind"]) for c in told["choices"]} == {
        ("employment_terms", "salaried", "main"),
        ("who_involved", "volunteers", "main"),
    }
    assert [r["rule"] for r in told["rules"]] == ["L02"]
    assert told["proven_by_trying_out"] is True


def test_a_repair_holds_what_changes_and_the_whole_verdict():
    (near,) = mend(proposed("power=frontline_teams"), (), typical(), 1).answers
    verdict = judge(near.design, typical())
    told = plain(near_plain(near, verdict, CATALOGUE))
    assert set(told["changed"]) == set(near.changed)
    assert all(told["settings"][v] == s for v, s in told["changed"].items())
    assert told["difficulty"] == near.effort
    assert told["consistent"] is True
    assert set(verdict_plain(verdict, CATALOGUE)) <= set(told)


def test_the_order_of_moves_is_all_there():
    found = between(city().today, proposed("direct_platform").design, city())
    told = plain(
        between_plain(found.one, found.other, found.changed, found.steps, found.is_proven, found.broken)
    )
    assert [s["settings"] for s in told["steps"]] == [list(s.variables) for s in found.steps]
    assert any(s["rules"] for s in told["steps"])
    assert list(told["changed"]) == list(found.changed)
    assert (told["proven"], told["broken"]) == (True, [])


def test_an_idea_is_all_there():
    for idea in have_ideas(city(), 2, ()):
        told = plain(idea_plain(idea))
        assert list(told["changed"]) == list(idea.changed)
        assert told["conditions_missing"] == list(idea.missing)
        assert list(told["settings"]) == list(CATALOGUE.variables)
        assert (told["nearest_known"], told["settings_apart"]) == (idea.nearest, idea.apart)


def test_counts_are_exact_and_estimates_have_their_error():
    lines = (
        f"- {{id: r{i}, kind: normative, forbid: [{{v: {v}, {key}: [{o}]}}], why: x, assumption: x}}"
        for i, (v, key, o) in enumerate(
            (
                ("who_involved", "main_not_in", "public_staff"),
                ("ownership", "not_in", "public_body"),
                ("funding_method", "main_not_in", "taxation"),
                ("public_role", "main_not_in", "deliverer"),
            )
        )
    )
    found = openness(under("\n".join(["remit_rules: 1", "rules:", *lines, ""])), ["risk_appetite"])
    told = plain(openness_plain(found))
    assert told["conditions_met"] == list(found.met)
    assert told["conditions_granted"] == ["risk_appetite"]
    assert told["six"]["open"] == found.six_met
    assert told["six"]["with_grants"] == found.six_granted
    assert told["six"]["all"] == found.six_all
    assert told["six"]["one_more_alone"] == {o.condition: o.count for o in found.by_each}
    assert told["all_24"]["open"]["value"] == found.all_met.value
    assert told["all_24"]["open"]["standard_error"] > 0.0


def test_a_difference_says_was_and_is():
    found = between(typical().today, proposed("staff=1.1").design, typical())
    told = json.dumps(
        between_plain(found.one, found.other, found.changed, found.steps, found.is_proven, found.broken)
    )
    assert "0.9" in told
    assert "1.1" in told


def test_a_rule_of_a_clash_has_its_source():
    (clash,) = why_not(proposed("who_involved=volunteers, employment_terms=salaried"), typical())
    assert clash_plain(clash)["rules"][0]["sources"] == ["own"]
