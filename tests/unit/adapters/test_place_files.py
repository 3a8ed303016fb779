import csv
import json
import math

import pytest

from remit.adapters.place_files import ADULT, OVER_65, UNDER_18, read_place
from remit.briefs.fifths import LAST_RANK
from remit.ground.faults import Faults
from shared_data import shared_file
from small_brief import codes_of

PEOPLE = (*UNDER_18, *ADULT, *OVER_65)
HEADER = ("lsoa21cd", "lsoa21nm", "lad21nm", "area_km2", "easting", "northing", "imd19_imd_rank", *PEOPLE)
SQUARE = [[[-1.0, 52.0], [-1.0, 52.1], [-0.9, 52.1], [-1.0, 52.0]]]


def zone(i, **changes):
    row = dict.fromkeys(PEOPLE, "100") | {
        "lsoa21cd": f"E{i}",
        "lsoa21nm": f"Zone {i}",
        "lad21nm": "Testby",
        "area_km2": "1.5",
        "easting": str(500_000 + 1_000 * i),
        "northing": "200000",
        "imd19_imd_rank": str(100 + 5_000 * i),
    }
    assert set(changes) <= set(row)
    return row | changes


ZONES = [zone(i) for i in range(5)]


def outlines(properties, geometry=None):
    geometry = geometry or {"type": "Polygon", "coordinates": SQUARE}
    features = [{"type": "Feature", "properties": p, "geometry": geometry} for p in properties]
    return json.dumps({"type": "FeatureCollection", "features": features})


NAMED = [{"code": f"E{i}"} for i in range(5)]


@pytest.fixture
def folder(tmp_path):
    """Make a folder of a zone table and other files, and return it."""

    def make(rows=ZONES, header=HEADER, **files):
        place = tmp_path / "place"
        place.mkdir(exist_ok=True)
        with (place / "zones.csv").open("w", newline="") as file:
            writer = csv.DictWriter(file, header, extrasaction="ignore")
            writer.writeheader()
            writer.writerows(rows)
        for name, text in files.items():
            (place / name.replace("_", ".")).write_text(text)
        return place

    return make


def refused(place, *codes):
    with pytest.raises(Faults) as raised:
        read_place(place, 2)
    assert codes_of(raised.value) == sorted(codes)
    assert all(str(place) in f.place.file for f in raised.value.faults)
    return raised.value


def test_a_table_alone_is_a_place(folder):
    found = read_place(folder(), 2)
    place = found.locality
    assert found.crews is None
    assert place.name == "Testby"
    assert [z.id for z in place.zones] == [f"E{i}" for i in range(5)]
    assert place.zones[1].people == (300.0, 300.0, 300.0)
    assert place.zones[1].small_areas == ((5_100, 900.0),)
    assert all(z.is_inside and z.rings == () for z in place.zones)
    assert [b.name for b in place.bases] == ["Assumed station in Zone 2", "Assumed station in Zone 0"]
    assert place.hospitals[0].easting == pytest.approx(502_000.0)
    assert sum("assumption" in note for note in place.notes) == 3


def test_a_table_without_a_place_name_takes_that_of_its_file(folder):
    header = [h for h in HEADER if h not in ("lad21nm", "lsoa21nm")]
    place = read_place(folder(header=header), 1).locality
    assert place.name == "zones"
    assert place.zones[0].name == "E0"


def test_no_more_stations_are_assumed_than_there_are_zones(folder):
    assert len(read_place(folder(ZONES[:2]), 9).locality.bases) == 2


def test_stations_are_put_where_people_are_near(folder):
    rows = [*ZONES[:4], zone(4, easting="560000", **dict.fromkeys(PEOPLE, "9000"))]
    assert read_place(folder(rows), 1).locality.bases[0].name == "Assumed station in Zone 4"


# the table


def test_a_folder_that_is_not_there_or_has_no_table_is_refused(tmp_path):
    for place in (tmp_path / "nowhere", tmp_path):
        with pytest.raises(Faults, match="PLC001"):
            read_place(place, 1)


def test_a_file_is_not_a_folder(folder):
    with pytest.raises(Faults, match="PLC001"):
        read_place(folder() / "zones.csv", 1)


def test_an_empty_table_is_refused(folder):
    refused(folder([]), "PLC003")
    refused(folder(zones_csv=""), "PLC003")


def test_a_missing_column_is_named_with_the_nearest(folder):
    header = [{"easting": "eastings", "pop_5_15": "pop_5_16"}.get(h, h) for h in HEADER]
    found = refused(folder(header=header), "PLC002", "PLC002")
    assert 'Did you mean "eastings"?' in str(found)
    assert 'Did you mean "pop_5_16"' in str(found)


def test_a_table_of_something_else_is_passed_over(folder):
    place = folder(**{"aaa_csv": "name,phone\nx,1\n"})
    assert len(read_place(place, 1).locality.zones) == 5


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"pop_5_15": "-4"}, "PLC004"),
        ({"pop_5_15": "many"}, "PLC004"),
        ({"pop_5_15": ""}, "PLC004"),
        ({"pop_5_15": "nan"}, "PLC004"),
        ({"pop_5_15": "1e999"}, "PLC004"),
        ({"pop_5_15": "1,234"}, "PLC004"),
        ({"easting": "?"}, "PLC004"),
        (dict.fromkeys(PEOPLE, "0"), "BRF006"),
        ({"imd19_imd_rank": "0"}, "BRF013"),
        ({"imd19_imd_rank": str(LAST_RANK + 1)}, "BRF013"),
        ({"lsoa21cd": "E3"}, "PLC008"),
        ({"area_km2": "0"}, "PLC004"),
        ({"area_km2": "-1"}, "PLC004"),
    ],
)
def test_a_wrong_cell_is_a_fault_at_its_line(folder, changes, code):
    found = refused(folder([*ZONES[:4], zone(4, **changes)]), code)
    assert found.faults[0].place.line == 6


def test_a_zone_without_an_id_is_refused(folder):
    with pytest.raises(Faults):
        read_place(folder([*ZONES[:4], zone(4, lsoa21cd="")]), 2)


def test_every_wrong_cell_is_told_at_once(folder):
    rows = [zone(0, pop_5_15="-4", easting="x"), zone(1, area_km2="?"), *ZONES[2:]]
    refused(folder(rows), "PLC004", "PLC004", "PLC004")


def test_spaces_after_commas_do_no_harm(folder):
    place = folder()
    text = (place / "zones.csv").read_text().replace(",", ", ")
    (place / "zones.csv").write_text(text)
    assert read_place(place, 1).locality.zones[0].id == "E0"


def test_a_byte_order_mark_does_no_harm(folder):
    place = folder()
    (place / "zones.csv").write_bytes((place / "zones.csv").read_text().encode("utf-8-sig"))
    assert len(read_place(place, 1).locality.zones) == 5


def test_a_short_row_is_a_fault(folder):
    place = folder()
    with (place / "zones.csv").open("a") as file:
        file.write("E9,Zone 9\n")
    refused(place, "PLC004")


def test_a_giant_cell_is_refused_not_a_defect(folder):
    # one quotation mark that is never closed makes one cell of the rest of the file
    place = folder()
    with (place / "zones.csv").open("a") as file:
        file.write('E9,"' + "y" * 200_000 + "\n")
    with pytest.raises(Faults):
        read_place(place, 1)


def test_what_is_not_text_is_refused(folder):
    place = folder()
    (place / "zones.csv").write_bytes(b"\xff\xfe" + (place / "zones.csv").read_bytes())
    refused(place, "DOC010")


# boundaries


def test_outlines_are_taken_where_they_name_every_zone(folder):
    extra = [*NAMED, {"code": "elsewhere"}]
    place = read_place(folder(map_geojson=outlines(extra)), 1).locality
    assert all(len(z.rings) == 1 and len(z.rings[0]) == 4 for z in place.zones)
    assert place.zones[0].rings[0][0] == (-1.0, 52.0)
    assert any("boundaries from the folder" in n for n in place.notes)


def test_islands_and_heights_are_read(folder):
    islands = {"type": "MultiPolygon", "coordinates": [SQUARE, SQUARE]}
    place = read_place(folder(map_geojson=outlines(NAMED, islands)), 1).locality
    assert len(place.zones[0].rings) == 2
    high = {"type": "Polygon", "coordinates": [[[*point, 12.0] for point in SQUARE[0]]]}
    place = read_place(folder(map_geojson=outlines(NAMED, high)), 1).locality
    assert place.zones[0].rings[0][1] == (-1.0, 52.1)


def test_outlines_that_do_not_match_are_refused(folder):
    found = refused(folder(map_geojson=outlines(NAMED[1:])), "PLC005")
    assert "1 zones have no outline, first E0" in str(found)
    refused(folder(map_geojson=outlines([{"code": "x"}])), "PLC005")
    refused(folder(map_geojson=outlines([])), "PLC005")


def test_one_file_that_matches_is_enough(folder):
    place = folder(a_geojson=outlines([{"code": "x"}]), b_geojson=outlines(NAMED), c_geojson="{")
    assert all(z.rings for z in read_place(place, 1).locality.zones)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "1",
        "null",
        "{}",
        '{"features": 1}',
        '{"features": [1]}',
        '{"features": [{"properties": {"code": "E0"}}]}',
        '{"features": [{"properties": {"code": "E0"}, "geometry": null}]}',
        '{"features": [{"properties": {"code": "E0"}, "geometry": {"type": "Point", "coordinates": [1, 2]}}]}',
        '{"features": [{"properties": {"code": "E0"}, "geometry": {"type": "Polygon", "coordinates": [[["a", 2]]]}}]}',
        "[" * 100_000,
        outlines(NAMED).replace("52.1", "1" + "0" * 400),
        outlines(NAMED).replace("52.1", "NaN"),
        outlines([[1], *NAMED]),
    ],
    ids=lambda t: t[:40],
)
def test_what_is_not_geojson_is_refused(folder, text):
    refused(folder(map_geojson=text), "PLC006")


def test_a_feature_without_properties_is_passed_over(folder):
    # "properties": null is good GeoJSON (RFC 7946, 3.2)
    place = read_place(folder(map_geojson=outlines([None, *NAMED])), 1).locality
    assert all(z.rings for z in place.zones)


# links


@pytest.mark.parametrize("name", ["zones.csv", "stations.csv", "hospitals.csv", "map.geojson", "notes.txt"])
def test_a_link_that_leads_out_is_refused(folder, tmp_path, name):
    outside = tmp_path / "secret"
    outside.write_text("name,easting,northing,crews\nA,1,2,3\n")
    place = folder()
    (place / name).unlink(missing_ok=True)
    (place / name).symlink_to(outside)
    found = refused(place, "PLC007")
    assert name in str(found)
    assert "secret" not in str(found)


def test_a_link_within_and_a_link_to_the_folder_are_fine(folder, tmp_path):
    place = folder(stations_csv="name,easting,northing\nA,500000,200000\n")
    (place / "hospitals.csv").symlink_to("stations.csv")
    (tmp_path / "alias").symlink_to(place)
    assert read_place(tmp_path / "alias", 1).locality.hospitals[0].name == "A"


def test_a_link_to_itself_is_refused(folder):
    place = folder()
    (place / "loop").symlink_to("loop")
    with pytest.raises(Faults):
        read_place(place, 1)


# stations, hospitals, drives


def test_stations_without_crews_name_no_number(folder):
    found = read_place(folder(stations_csv="name,easting,northing\nA,500000,200000\n,501000,200000\n"), 7)
    assert found.crews is None
    assert [b.name for b in found.locality.bases] == ["A", "stations 2"]
    assert not any("No stations.csv" in n for n in found.locality.notes)


def test_stations_with_crews_name_their_sum(folder):
    text = "name,easting,northing,crews\nA,500000,200000,3\nB,501000,200000,2.5\n"
    assert read_place(folder(stations_csv=text), 7).crews == 5.5


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("name,easting,northing,crews\nA,500000,200000,\n", "PLC004"),
        ("name,easting,northing,crews\nA,500000,200000,-1\n", "PLC004"),
        ("name,easting,northing\nA,here,200000\n", "PLC004"),
        ("name,easting,northing\nA,-0.1,51.5\n", "PLC004"),
        ("name,lon,lat\nA,1,2\n", "PLC004"),
        ("", "PLC003"),
        ("name,easting,northing,crews\n", "PLC003"),
    ],
)
def test_a_wrong_station_is_a_fault_not_an_assumption(folder, text, code):
    refused(folder(stations_csv=text), code)


def test_a_wrong_number_of_crews_is_told_at_its_line(folder):
    text = "name,easting,northing,crews\nA,500000,200000,3\nB,500000,200000,\n"
    assert refused(folder(stations_csv=text), "PLC004").faults[0].place.line == 3


def test_hospitals_are_read(folder):
    place = read_place(folder(hospitals_csv="name,easting,northing\nInfirmary,501500,200500\n"), 1).locality
    assert [(h.name, h.easting) for h in place.hospitals] == [("Infirmary", 501_500.0)]
    assert not any("hospital is assumed" in n for n in place.notes)


def test_measured_drives_are_read_and_go_by_name(folder):
    stations = "name,easting,northing\nA,500000,200000\n"
    found = read_place(folder(stations_csv=stations, travel_csv="from,to,minutes\nA,E1,7.5\n"), 1)
    assert found.locality.travel == (("A", "E1", 7.5),)
    place = folder(stations_csv=stations, travel_csv="from,to,minutes\nA,E9,7\nE1,E2,-1\n")
    assert '"E9"' in str(refused(place, "PLC009", "PLC004"))


# a real place


def test_trafford_is_a_place():
    folder = shared_file("data/geo_trafford")
    found = read_place(folder, 3)
    place = found.locality
    with (folder / "trafford_lsoa11.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert place.name == "Trafford"
    assert [z.id for z in place.zones] == [r["lsoa11cd"] for r in rows]
    assert place.population == pytest.approx(sum(float(r["pop_total"]) for r in rows), rel=1e-3)
    assert len(place.bases) == 3
    assert found.crews is None
    for one in place.zones:
        assert one.rings
        xs, ys = zip(*one.rings[0], strict=True)
        assert -2.5 < min(xs) < max(xs) < -2.2
        assert 53.3 < min(ys) < max(ys) < 53.5
        assert all(math.isfinite(v) for v in (*xs, *ys))
        assert 100_000 < one.easting < 700_000
