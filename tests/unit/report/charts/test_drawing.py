import math

import pytest

from remit.report.charts.drawing import Sheet, clean, nothing, place, tag


def sheet(**other):
    return Sheet("A title", "What it shows.", width=720, **{"id_prefix": None, **other})


def test_a_place_is_always_finite():
    with pytest.raises(ValueError, match="finite"):
        place(math.nan)


def test_words_and_attributes_are_escaped(awkward, examine):
    s = Sheet(awkward, awkward + ".", width=720, id_prefix="a")
    s.words(10.0, 60.0, awkward[:10])
    s.mark("rect", tag("title", clean(awkward)), width=1.0, fill=awkward)
    s.reach(80.0)
    root = examine(s.svg())
    assert "<b>" not in s.svg()
    if awkward == '<b>&"':
        assert root.find("{*}title").text == awkward


def test_the_same_input_gives_the_same_ids_and_other_input_others():
    assert sheet().svg() == sheet().svg()
    assert sheet().prefix != Sheet("Another", "What it shows.", width=720, id_prefix=None).prefix
    assert sheet().prefix != Sheet("A title", "What it shows.", width=360, id_prefix=None).prefix


@pytest.mark.parametrize("bad", ["", "1a", 'a"b', "a b"])
def test_an_id_prefix_must_be_a_name(bad):
    with pytest.raises(ValueError, match="id prefix"):
        sheet(id_prefix=bad)


def test_the_heading_may_be_left_to_the_page(words):
    assert "A title" in words(nothing(sheet(), "Nothing to show."))
    assert "A title" not in words(nothing(sheet(heading=False), "Nothing to show."))


@pytest.mark.parametrize("width", [1.0, -5.0, math.nan, math.inf])
def test_a_foolish_width_still_gives_a_picture(width, examine):
    examine(nothing(Sheet("T", "D.", width=width, id_prefix="p"), "Nothing to show."))
