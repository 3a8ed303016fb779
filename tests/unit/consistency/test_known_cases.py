"""Real arrangements that the rules must admit, and absurd ones that they must refuse.

The founding list is spent as a test, and so is the new one: its first run, recorded before anything was
mended, got 21 of 24 right (docs/decisions/0012). Both are kept so that nothing slips back.
"""

from pathlib import Path

import pytest
import yaml

from design_spaces import SPACE, choices, draft_space
from remit.consistency.explain import explain, is_possible
from shared_data import shared_file

NEW = yaml.safe_load((Path(__file__).parent / "new_cases.yaml").read_text())
OLD = yaml.safe_load(shared_file("framework/known_cases.yaml").read_text())
ADMIT = [*OLD["admit"], *NEW["admit"]]
REJECT = [*OLD["reject"], *NEW["reject"]]


@pytest.mark.parametrize("case", ADMIT, ids=lambda c: c["id"])
def test_what_exists_is_possible(case):
    chosen = choices(case)
    assert is_possible(SPACE, chosen), [[r.id for r in c.rules] for c in explain(chosen, SPACE)]


@pytest.mark.parametrize("case", REJECT, ids=lambda c: c["id"])
def test_what_cannot_be_is_refused_with_a_reason(case):
    chosen = choices(case)
    assert not is_possible(SPACE, chosen)
    assert explain(chosen, SPACE)[0].rules


# the very first run of the new cases, on 24 November 2026, before any rule was mended: all others were right
FIRST_RUN_WRONG = {"alcoholics_anonymous", "lothian_buses", "self_employed_under_orders"}


def test_the_first_run_on_the_rules_as_drafted_is_as_it_was_written_down():
    space = draft_space()
    admitted = {c["id"] for c in [*NEW["admit"], *NEW["reject"]] if is_possible(space, choices(c))}
    should_be = {c["id"] for c in NEW["admit"]}
    assert admitted ^ should_be == FIRST_RUN_WRONG
    assert len(NEW["admit"]) + len(NEW["reject"]) == 24


def test_the_drafts_own_cases_come_out_on_the_drafts_rules_as_published():
    space = draft_space()
    assert all(is_possible(space, choices(c)) for c in OLD["admit"])
    assert not any(is_possible(space, choices(c)) for c in OLD["reject"])
