import pytest

from remit.briefs.brief import Locality
from remit.briefs.place import read_locality
from remit.ground.document import parse_document

TEXT = """\
name: Town
zones:
  source: survey
  columns: [id, name, inside, under_18, age_18_64, age_65_plus, area_km2, easting, northing, small_areas]
  rows:
  - [Z1, North, true, 1, 2, 3, 4.5, 100, 200, [[7, 2], [32844, 4]]]
  - [Z2, South, false, 0, 1, 0, 1, 100, 0, []]
bases:
  assumption: One.
  columns: [name, easting, northing]
  rows:
  - [High Street, 1, 2]
hospitals:
  source: survey
  columns: [northing, name, easting]
  rows:
  - [3, Infirmary, 4]
notes: [Small.]
"""


def read(*changes: tuple[str, str]) -> tuple[Locality | None, list[tuple[str, int]]]:
    text = TEXT
    for old, new in changes:
        assert text.count(old) == 1
        text = text.replace(old, new)
    body = "".join(f"  {line}\n" for line in text.splitlines())
    doc = parse_document(f"place:\n{body}sources:\n  survey: {{title: Survey}}\n", "t.yaml")
    place, faults = read_locality(doc, doc.values["place"])
    return place, [(f.code, f.place.line) for f in faults]


def test_a_sound_place_is_read():
    place, faults = read()
    assert faults == []
    assert [(z.id, z.is_inside, z.people, z.area_km2) for z in place.zones] == [
        ("Z1", True, (1.0, 2.0, 3.0), 4.5),
        ("Z2", False, (0.0, 1.0, 0.0), 1.0),
    ]
    assert place.zones[0].small_areas == ((7, 2.0), (32844, 4.0))
    assert place.notes == ("Small.",)


def test_columns_may_stand_in_any_order():
    place, _ = read()
    assert (place.hospitals[0].easting, place.hospitals[0].northing) == (4.0, 3.0)


def test_small_areas_may_be_left_out():
    place, faults = read(
        (", northing, small_areas]", ", northing]"), (", [[7, 2], [32844, 4]]]", "]"), (", 0, []]", ", 0]")
    )
    assert faults == []
    assert place.zones[0].small_areas == ()


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("[Z1, North, true, 1, 2, 3,", "[Z1, North, true, 0, 0, 0,", "BRF006", 7),
        ("[Z2, South,", "[Z1, South,", "PLC008", 8),
        ("[Z1, North, true,", "[Z1, North, false,", "BRF010", 3),
        ("[[7, 2]", "[[0, 2]", "BRF013", 7),
        ("[32844, 4]", "[32845, 4]", "BRF013", 7),
        ("0, 1, 100, 0", "0, 0, 100, 0", "PLC004", 8),
        ("false, 0, 1,", "false, -1, 1,", "PLC004", 8),
        ("false, 0, 1,", "false, one, 1,", "PLC004", 8),
        ("100, 0, []", "100, 0, [[7, 2, 9]]", "PLC004", 8),
        ("[High Street, 1, 2]", "[High Street, 1]", "PLC004", 13),
        ("[High Street, 1, 2]", "[High Street, 1, 2, 3]", "PLC004", 13),
        ("[High Street, 1, 2]", "High Street", "PLC004", 13),
        ("  rows:\n  - [High Street, 1, 2]", "  rows: []", "PLC003", 12),
        ("  assumption: One.\n", "", "QTY003", 9),
        ("  assumption: One.\n", "  source: servey\n", "QTY004", 10),
        ("  assumption: One.\n", "  source: [survey]\n", "QTY004", 10),
    ],
)
def test_one_thing_wrong_is_one_fault_at_its_line(old, new, code, line):
    assert read((old, new))[1] == [(code, line)]


def test_a_column_too_few_is_told():
    assert ("PLC002", 11) in read(("columns: [name, easting, northing]", "columns: [name, easting]"))[1]


def test_a_column_unknown_is_told_with_its_nearest():
    doc = parse_document("place:\n  bases: {source: s, columns: [nam], rows: [[x]]}", "t.yaml")
    _, faults = read_locality(doc, doc.values["place"])
    assert '"name"' in next(f.fix for f in faults if f.code == "BRF002")


def test_every_bad_row_is_told():
    assert read(("4.5, 100", "none, 100"), ("1, 100, 0", "none, 100, 0"))[1] == [("PLC004", 7), ("PLC004", 8)]


@pytest.mark.parametrize("rank", [1, 32844])
def test_the_first_and_the_last_rank_are_ranks(rank):
    assert read(("[[7, 2]", f"[[{rank}, 2]"))[1] == []


def test_a_place_whose_crews_take_nobody_anywhere_needs_no_hospital():
    place, faults = read(("hospitals:\n", "xhospitals:\n"))
    assert place is not None
    assert place.hospitals == ()
    assert faults == []


@pytest.mark.parametrize("table", ["zones", "bases"])
def test_without_one_of_the_tables_there_is_no_place(table):
    assert read((f"{table}:\n", f"x{table}:\n"))[0] is None


@pytest.mark.parametrize("raw", [None, "Town", [1], 3])
def test_what_is_no_mapping_is_left_to_the_shape(raw):
    assert read_locality(parse_document("a: 1", "t.yaml"), raw) == (None, [])


TRAVEL = (
    "notes: [Small.]",
    "notes: [Small.]\ntravel:\n  source: survey\n  columns: [from, to, minutes]\n  rows:\n  - [Z1, High Street, 4.5]",
)


def test_measured_drives_are_read():
    place, faults = read(TRAVEL)
    assert faults == []
    assert place.travel == (("Z1", "High Street", 4.5),)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("- [Z1, High Street,", "- [Z9, High Street,", "PLC009"),
        ("- [Z1, High Street,", "- [Z1, Low Street,", "PLC009"),
        ("Street, 4.5]", "Street, -4.5]", "PLC004"),
        ("Street, 4.5]", "Street, soon]", "PLC004"),
    ],
)
def test_a_measured_drive_has_two_ends_that_exist_and_takes_no_less_than_no_time(old, new, code):
    assert read(TRAVEL, (old, new))[1] == [(code, 24)]


POOL = [
    ("small_areas]", "small_areas, pool]"),
    ("[32844, 4]]]", "[32844, 4]], 1.5]"),
    ("100, 0, []]", "100, 0, [], 0]"),
]


def test_a_zone_may_say_how_dense_its_volunteers_are():
    place, faults = read(*POOL)
    assert faults == []
    assert [z.pool for z in place.zones] == [1.5, 0.0]


def test_a_zone_that_does_not_is_as_dense_as_any():
    assert {z.pool for z in read()[0].zones} == {1.0}


def test_volunteers_are_not_fewer_than_none():
    assert read(*POOL[:2], ("100, 0, []]", "100, 0, [], -1]"))[1] == [("PLC004", 8)]
