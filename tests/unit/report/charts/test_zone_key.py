from remit.report.charts.colouring import classes
from remit.report.charts.drawing import Sheet
from remit.report.charts.zone_key import Sides, hatch, write_key


def key(width, **other):
    sheet = Sheet("T", "D.", width=width, id_prefix="k")
    hatch(sheet)
    given = {
        "label": "Change",
        "sides": Sides("faster", "slower"),
        "known_values": True,
        "no_data": True,
        "ring": True,
        "largest": (12345.0, 30.0),
        "pixels_a_km": 10.0,
    }
    write_key(sheet, classes([-3.0, 3.0]), **{**given, **other})
    return sheet.svg()


def test_the_key_explains_every_mark(width, words):
    said = words(key(width))
    for part in ("Change", "−−−", "+++", "← faster", "slower →", "no data", "outside", "12,345", "km"):
        assert part in said


def test_only_what_is_there_is_explained(width, words):
    said = words(key(width, known_values=False, no_data=False, ring=False, largest=None, pixels_a_km=None))
    assert said == "T"


def test_long_words_are_broken(width, awkward, examine):
    examine(key(width, label=awkward, sides=Sides(awkward, awkward)))
