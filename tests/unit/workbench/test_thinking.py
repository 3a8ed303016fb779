from itertools import product

import pytest

from remit.consistency.explain import is_possible
from remit.consistency.space import Choice, Space
from remit.design.design import Several, changes_from, plain
from remit.ground.faults import Faults
from remit.workbench.designs import propose
from remit.workbench.thinking import (
    NEED,
    between,
    complete,
    have_ideas,
    judge,
    mend,
    named_conditions,
    named_variables,
    openness,
    why_not,
)
from small_brief import CATALOGUE, codes_of
from standing import GOOD_RULES, city, files, proposed, town, typical, under

SIX = [v.id for v in CATALOGUE.variables.values() if v.is_higher]
FIRST_ORDER = [v for v in CATALOGUE.variables if v not in SIX]


def stated_in_full():
    """The 18 settings of a traditional service, written out, and teams that decide."""
    row = CATALOGUE.archetypes["traditional"].settings
    lines = [f"  {v}: {row[v]}" for v in FIRST_ORDER]
    text = "\n".join(["design: mine", "settings:", *lines, "  power: frontline_teams"])
    return propose("mine.yaml", typical(), files(mine=text))


def test_teams_that_decide_inside_a_traditional_service_are_refused():
    proposal = stated_in_full()
    assert len(FIRST_ORDER) == 18
    assert proposal.stated == (*FIRST_ORDER, "power")
    verdict = judge(proposal.design, typical())
    assert not verdict.is_consistent
    spoken = {clause.v for finding in verdict.broken for clause in finding.rule.forbid}
    assert spoken == {"power", "relationship", "incentives", "structure", "process"}


def test_repair_proposes_the_linked_changes_that_teams_that_decide_need():
    mended = mend(stated_in_full(), (), typical(), 3)
    assert mended.kept == ("power",)
    assert not mended.clashes
    assert len(mended.answers) == 3
    for near in mended.answers:
        assert set(near.changed) == {"structure", "process", "incentives", "relationship"}
        assert near.design.settings["power"] == "frontline_teams"
        assert judge(near.design, typical()).is_consistent
        assert near.is_proven


@pytest.mark.parametrize(
    "typed",
    [
        "power=frontline_teams",
        "who_involved=volunteers",
        "ownership=platform_coop, staff=1.5",
        "channels=digital_only, technology=phone_and_paper",
    ],
)
def test_every_repair_holds_together_and_none_adds_to_an_earlier_one(typed):
    proposal = proposed(typed)
    mended = mend(proposal, (), typical(), 4)
    told = [changes_from(a.design, proposal.design) for a in mended.answers]
    settings = [
        {v: plain(a.design.settings[v]) for v in t} for a, t in zip(mended.answers, told, strict=True)
    ]
    assert mended.answers
    for near, changed in zip(mended.answers, told, strict=True):
        assert list(near.changed) == changed
        assert judge(near.design, typical()).is_consistent
        assert near.effort > 0.0
    for i, later in enumerate(settings):
        assert not any(earlier.items() <= later.items() for earlier in settings[:i])


def test_what_holds_together_is_left_alone():
    (only,) = mend(proposed("self_managing_teams"), (), typical(), 5).answers
    assert only.changed == ()
    assert only.effort == 0.0


def test_what_is_named_to_be_kept_is_kept_and_the_rest_may_go():
    mended = mend(proposed("power=frontline_teams"), ["structure"], typical(), 2)
    assert mended.kept == ("structure",)
    assert mended.answers[0].changed == ("power",)


def test_what_must_be_kept_and_clashes_is_explained_and_nothing_is_offered():
    proposal = proposed("who_involved=volunteers, employment_terms=zero_hours")
    mended = mend(proposal, ["who_involved", "employment_terms"], typical(), 3)
    assert mended.answers == ()
    assert not mended.let_go
    (clash,) = mended.clashes
    assert {c.variable for c in clash.choices} == {"who_involved", "employment_terms"}


def test_changes_that_clash_among_themselves_are_let_go_and_that_is_said():
    mended = mend(proposed("who_involved=volunteers, employment_terms=zero_hours"), (), typical(), 2)
    assert mended.let_go
    assert mended.clashes
    assert mended.kept == ()
    assert all(judge(a.design, typical()).is_consistent for a in mended.answers)
    assert len(mended.answers) == 2


def test_what_can_be_completed_does_not_clash():
    assert why_not(proposed("power=frontline_teams"), typical()) == []
    assert not judge(proposed("power=frontline_teams").design, typical()).is_consistent


@pytest.mark.parametrize(
    "typed",
    [
        "who_involved=volunteers, employment_terms=salaried",
        "power=frontline_teams, relationship=hierarchical, discretion=none",
        "public_role=deliverer, ownership=charitable_foundation",
    ],
)
def test_of_a_clash_no_choice_can_be_spared(typed):
    proposal, place = proposed(typed), typical()
    clashes = why_not(proposal, place)
    assert clashes
    for clash in clashes:
        assert set(clash.choices) <= set(proposal.choices)
        assert not is_possible(place.space(), clash.choices)
        for choice in clash.choices:
            assert is_possible(place.space(), [c for c in clash.choices if c != choice])


def test_a_half_thought_is_filled_in_near_today():
    proposal = proposed("power=frontline_teams, funding_method=community_shares")
    done = complete(proposal, typical().today, typical(), 2)
    assert done.kept == ("funding_method", "power")
    for near in done.answers:
        assert near.design.settings["power"] == "frontline_teams"
        assert near.design.settings["funding_method"].main == "community_shares"
        assert list(near.changed) == changes_from(near.design, typical().today)
        assert judge(near.design, typical()).is_consistent


def test_a_half_thought_is_filled_in_near_another_design():
    base = proposed("volunteer_responders").design
    (near,) = complete(proposed("power=members"), base, typical(), 1).answers
    assert near.design.settings["power"] == "members"
    assert list(near.changed) == changes_from(near.design, base)
    assert len(near.changed) < len(changes_from(near.design, typical().today))


def test_what_stands_beside_a_main_option_stays_when_only_the_main_one_is_chosen():
    assert typical().today.settings["funding_method"] == Several("taxation", ("user_charges",))
    (near,) = complete(proposed("funding_method=grants"), typical().today, typical(), 1).answers
    assert near.design.settings["funding_method"] == Several("grants", ("user_charges",))


def test_choices_that_clash_are_not_completed():
    done = complete(
        proposed("who_involved=volunteers, employment_terms=salaried"), typical().today, typical(), 2
    )
    assert done.answers == ()
    assert len(done.clashes) == 1


def test_the_difficulty_of_a_completed_design_counts_what_changes():
    (near,) = complete(proposed("self_managing_teams"), typical().today, typical(), 1).answers
    assert near.changed
    assert near.effort > 0.0


@pytest.mark.parametrize("name", ["self_managing_teams", "direct_platform", "community_finance"])
def test_between_two_designs_every_step_lands_on_a_design_that_holds_together(name):
    place = city()
    goal = proposed(name).design
    told = between(place.today, goal, place)
    assert told.broken == ()
    assert list(told.changed) == changes_from(goal, place.today)
    assert sorted(v for s in told.steps for v in s.variables) == sorted(told.changed)
    design = place.today
    for step in told.steps:
        design = design.changed(**{v: goal.settings[v] for v in step.variables})
        assert judge(design, place).is_consistent, step
    assert changes_from(design, goal) == []


def test_moves_that_go_together_name_the_rules_that_tie_them():
    told = between(city().today, proposed("direct_platform").design, city())
    linked = [s for s in told.steps if len(s.variables) > 1]
    assert linked
    for step in linked:
        assert step.rules
        for rule in step.rules:
            assert len({c.v for c in rule.forbid} & set(step.variables)) >= 2


def test_no_order_is_told_when_an_end_does_not_hold_together():
    told = between(typical().today, proposed("power=frontline_teams").design, typical())
    assert told.steps == ()
    assert told.changed == ("power",)
    assert any("L14" in b for b in told.broken)


def test_from_a_design_to_itself_nothing_moves():
    told = between(typical().today, typical().today, typical())
    assert (told.changed, told.steps, told.broken) == ((), (), ())


def apart(one, other):
    return sum(_main(one.settings[v]) != _main(other.settings[v]) for v in SIX)


def _main(setting):
    return setting.main if isinstance(setting, Several) else setting


def test_ideas_hold_together_differ_from_one_another_and_leave_the_need_alone():
    place, told = city(), []
    ideas = have_ideas(place, 5, (), told.append)
    assert told == [1, 2, 3, 4, 5]
    archetypes = [proposed(a).design for a in CATALOGUE.archetypes]
    for n, idea in enumerate(ideas):
        verdict = judge(idea.design, place)
        assert verdict.is_consistent
        assert idea.missing == tuple(c.id for c in verdict.missing)
        assert not set(idea.changed) & set(NEED)
        assert apart(idea.design, place.today) >= 3
        assert min(apart(idea.design, a) for a in archetypes) >= 2
        assert all(apart(idea.design, earlier.design) >= 3 for earlier in ideas[:n])


def test_a_setting_of_the_need_that_is_freed_may_change():
    rule = """\
remit_rules: 1
rules:
- {id: a_line, kind: normative, forbid: [{v: channels, in: [phone_first]}, {v: power, not_in: [senior_managers]}],
   why: Who else decides must be reached otherwise., assumption: x}
"""
    place = under(rule)
    freed = have_ideas(place, 3, ["channels"])
    assert any("channels" in i.changed for i in freed)
    assert all("channels" not in i.changed for i in have_ideas(place, 3, []))


def test_ideas_are_the_same_each_time():
    assert have_ideas(town(), 2, ()) == have_ideas(town(), 2, ())


@pytest.mark.parametrize(
    ("read", "good", "bad", "code", "near"),
    [
        (named_variables, "power, time,", "powr,tme,power", "DSN001", '"power"'),
        (named_conditions, " data_access", "data_acess,rsk_appetite", "CON001", '"risk_appetite"'),
    ],
)
def test_names_in_a_list_are_known_or_all_refused_with_the_nearest(read, good, bad, code, near):
    assert read(good, typical()) == [n.strip() for n in good.split(",") if n.strip()]
    assert read("", typical()) == []
    with pytest.raises(Faults) as raised:
        read(bad, typical())
    assert codes_of(raised.value) == [code, code]
    assert near in str(raised.value)


NARROW = """\
remit_rules: 1
rules:
- {id: ours, kind: normative, forbid: [{v: who_involved, main_not_in: [public_staff]}], why: x, assumption: x}
- {id: owned, kind: normative, forbid: [{v: ownership, not_in: [public_body]}], why: x, assumption: x}
- {id: taxed, kind: normative, forbid: [{v: funding_method, main_not_in: [taxation]}], why: x, assumption: x}
- {id: role, kind: normative, forbid: [{v: public_role, main_not_in: [deliverer]}], why: x, assumption: x}
"""
"""Leaves only two of the six settings open, so that every combination can be tried one by one."""


@pytest.fixture(scope="module")
def narrow():
    return under(NARROW)


def tried_one_by_one(place, granted):
    names = CATALOGUE.variables
    mains = {v: names[v].options for v in SIX}
    fixed = {
        "who_involved": ["public_staff"],
        "ownership": ["public_body"],
        "funding_method": ["taxation"],
        "public_role": ["deliverer"],
    }
    space = Space(CATALOGUE, place.ground.book)
    combinations = product(*({**mains, **fixed}[v] for v in SIX))
    return sum(
        is_possible(space, [Choice(v, o) for v, o in zip(SIX, c, strict=True)], granted) for c in combinations
    )


def test_how_much_opens_is_what_trying_every_combination_finds(narrow):
    steps = []
    found = openness(narrow, ["risk_appetite"], steps.append)
    met = narrow.ground.met
    assert steps
    assert (found.met, found.granted) == (met, ("risk_appetite",))
    assert found.six_met == tried_one_by_one(narrow, met)
    assert found.six_granted == tried_one_by_one(narrow, [*met, "risk_appetite"])
    assert found.six_every == tried_one_by_one(narrow, None)
    assert found.six_met < found.six_granted < found.six_every < found.six_all
    assert {o.condition for o in found.by_each} == set(CATALOGUE.conditions) - {*met, "risk_appetite"}
    for one in found.by_each:
        assert one.count == tried_one_by_one(narrow, [*met, "risk_appetite", one.condition])
    assert 0.0 < found.all_met.value < found.all_granted.value < found.all_24
    assert found.all_met.low <= found.all_met.value <= found.all_met.high


def test_a_condition_that_is_there_already_opens_nothing_more(narrow):
    found = openness(narrow, ["own_purchase"])
    assert "own_purchase" in found.met
    assert found.six_granted == found.six_met
    assert found.all_granted == found.all_met


def test_a_softened_rule_warns_and_a_local_one_refuses():
    verdict = judge(proposed("power=frontline_teams").design, under(GOOD_RULES))
    assert "E01" in [f.rule.id for f in verdict.softened]
    assert "E01" not in [f.rule.id for f in verdict.broken]
    assert "T_OURS" in [f.rule.id for f in verdict.tensions]
    plainly = judge(proposed("direct_platform").design, under(GOOD_RULES))
    assert [f.rule.id for f in plainly.broken] == ["no_freelancers"]
