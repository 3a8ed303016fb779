import math

import pytest

from pilot_files import EVERY, STEPS, made
from remit.pilots.power.cautions import cautions_of


@pytest.mark.parametrize("name", EVERY)
def test_cautions_are_sentences(name):
    said = cautions_of(EVERY[name](), (2, 2), -1.0, 0.5)
    assert all(text[0].isupper() or text[0].isdigit() for text in said)
    assert all(text.endswith(".") for text in said)
    assert "no result can be significant" in said[0]


def test_what_is_told_is_not_cautioned_of():
    bare = made("stepped_wedge", more=STEPS, sd=6, icc=0.05, cluster_size=9)
    told = made("stepped_wedge", more=STEPS, sd=6, icc=0.05, cluster_size=9, cac=0.8)
    assert (
        len(cautions_of(told, (9, 9, 9, 9), -1.0, 0.001))
        == len(cautions_of(bare, (9, 9, 9, 9), -1.0, 0.001)) - 1
    )


def test_an_effect_for_the_worse_is_said():
    alone = made("individual_rct", sd=6)
    assert not cautions_of(alone, (90, 90), -1.0, math.nan)
    assert "for the worse" in cautions_of(alone, (90, 90), 1.0, math.nan)[0]
