from itertools import pairwise

from remit.report.charts.drawing import Sheet
from remit.report.charts.rows import RowText, columns, place_rows, write_row


def laid(texts, width):
    sheet = Sheet("T", "D.", width=width, id_prefix="r")
    beside = columns(sheet, texts)
    places = place_rows(sheet, texts, beside, 24.0)
    for text, place in zip(texts, places, strict=True):
        write_row(sheet, text, place, beside)
    sheet.reach(places[-1].bottom + 20.0)
    return sheet, beside, places


def test_rows_follow_one_another_and_leave_room_for_the_plot(width, awkward, examine):
    texts = [RowText(awkward, awkward, ("1.2", awkward[:200]), assumption=True)] * 3
    sheet, beside, places = laid(texts, width)
    examine(sheet.svg())
    assert beside.right - beside.left > 120.0
    assert all(a.bottom < b.top for a, b in pairwise(places))


def test_a_dagger_is_never_cut_away(width, words):
    name = "a very long name of an assumption " * 8
    sheet, _, _ = laid([RowText(name, assumption=True)], width)
    assert "†" in words(sheet.svg())
