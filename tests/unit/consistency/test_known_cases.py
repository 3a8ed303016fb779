"""Real arrangements that the rules must admit, and absurd ones that they must refuse.

The founding list is spent as a test, and so is the new one: its first run, recorded before anything was
mended, got 21 of 24 right (docs/decisions/0012). Both are kept so that nothing slips back.
"""

from pathlib import Path

import pytest
import yaml

from design_spaces import SPACE, choices
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
