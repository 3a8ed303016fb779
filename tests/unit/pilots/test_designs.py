from typing import get_args

import pytest

from remit.pilots.designs import DESIGNS
from remit.pilots.numbers import NUMBERS
from remit.pilots.schema import Design


def test_every_design_of_the_file_is_in_the_table():
    assert set(DESIGNS) == set(get_args(Design))


@pytest.mark.parametrize("kind", DESIGNS.values(), ids=lambda k: k.id)
def test_a_design_names_numbers_that_there_are_and_says_all(kind):
    named = {n for outcome in dict(kind.by_kind) for n in kind.needed(outcome)} | set(kind.may)
    assert named <= set(NUMBERS)
    assert all(text for text in kind if isinstance(text, str))
    assert not set(kind.needs) & set(kind.may)
