from dataclasses import replace
from types import MappingProxyType

import pytest

from answers import question
from remit.briefs.brief import Tied
from remit.mechanism.effect import Effects
from small_brief import today_with

A_NUMBER = (("{value: 36, unit: km_per_hour", "{value: 37, unit: km_per_hour"),)
A_PLACE = (("Z1, North, true, 2000", "Z1, North, true, 2001"),)
A_TODAY = (("  staff: 0.8\n", "  staff: 0.81\n"),)
A_SPAN = (("  days: 60\n", "  days: 61\n"),)
A_CURVE = (("severe_cpr: {value: -0.1,", "severe_cpr: {value: -0.11,"),)


@pytest.mark.parametrize("changes", [A_NUMBER, A_PLACE, A_TODAY, A_SPAN, A_CURVE])
def test_whatever_determines_a_run_is_in_the_digest(changes):
    assert question(changes=changes).digest != question().digest


def test_another_seed_is_another_question():
    assert question(seed=2).digest != question(seed=1).digest
    assert question(seed=2).brief_digest == question(seed=1).brief_digest


def test_designs_and_words_are_not_in_the_digest():
    asked = question()
    words = replace(asked.brief, title="Other", question="Other?", not_for=("Other",), published=())
    assert replace(asked, brief=words).digest == asked.digest
    assert question("neighbours").digest == asked.digest


def test_what_goes_together_is_in_the_digest_and_where_it_is_written_is_not():
    asked = question()
    pair = Tied(("crews.number", "alert.radius_m"), ((1.0, 0.5), (0.5, 1.0)), assumption="Both are guesses.")
    tied = replace(asked, brief=replace(asked.brief, together=(pair,)))
    stronger = replace(pair, rank_correlation=((1.0, 0.6), (0.6, 1.0)))
    elsewhere = replace(pair, line=7)
    assert tied.brief_digest != asked.brief_digest
    assert replace(asked, brief=replace(asked.brief, together=(stronger,))).digest != tied.digest
    assert replace(asked, brief=replace(asked.brief, together=(elsewhere,))).digest == tied.digest


def test_a_brief_that_ties_nothing_is_known_as_before_there_were_ties(monkeypatch):
    asked, told = question(), []
    monkeypatch.setattr("remit.ensemble.question.digest", lambda plain: told.append(plain) or "")
    assert replace(asked).brief_digest == ""
    assert "numbers" in told[0][0]
    assert "together" not in told[0][0]


def test_what_an_effect_does_is_in_the_digest():
    asked = question()
    key, found = next((k, v) for k, v in asked.effects.by_option.items() if v and v[0].operator == "multiply")
    alike = []
    for changed in ({"operator": "add"}, {"parameter": "crews.circuity"}, {"route": "desk_with_alert"}):
        effect = replace(found[0], **changed)
        by_option = MappingProxyType({**asked.effects.by_option, key: (effect, *found[1:])})
        effects = Effects(asked.effects.family, by_option, asked.effects.none)
        alike += [changed] if replace(asked, effects=effects).digest == asked.digest else []
    assert alike == []


def test_a_run_is_known_by_design_scenario_and_replicate():
    asked = question()
    ids = {asked.run_id(d, s, r) for d in asked.designs for s in range(3) for r in range(3)}
    assert len(ids) == 9 * len(asked.designs)
    assert {len(i) for i in ids} == {24}
    assert question(seed=2).run_id("today", 0, 0) not in ids


def test_the_name_of_a_design_does_not_count():
    asked = question()
    renamed = replace(today_with(asked.designs), id="other", title="Other")
    other = replace(asked, designs={**asked.designs, "other": renamed})
    assert other.run_id("other", 0, 0) == asked.run_id("today", 0, 0)


def test_unknowns_do_not_depend_on_the_designs():
    names = [u.name for u in question().unknowns()]
    assert [u.name for u in question("neighbours").unknowns()] == names
    assert len(set(names)) == len(names)
    assert all(u.is_uncertain for u in question().unknowns())
    assert {"crews.number", "outcome.curve"} <= set(names)
    assert any(n.startswith("roles.") for n in names)
    assert any(n.startswith("effects.") for n in names)


def test_a_question_travels_whole_to_another_process():
    import pickle

    sent = pickle.loads(pickle.dumps(question()))
    assert sent.digest == question().digest
    assert sent.arm_digests == question().arm_digests
    assert sent.run_id("today", 3, 1) == question().run_id("today", 3, 1)


def test_a_run_id_is_the_digest_of_all_that_determines_it():
    from remit.ground.identity import digest

    asked = question()
    for name in asked.arms:
        whole = [asked.digest, asked.arm_digests[name], 1234, 56]
        assert asked.run_id(name, 1234, 56) == digest(whole, 24)
