import pytest

from remit.briefs.brief import AssetRow
from remit.briefs.estate import PAYER_OF, read_assets
from remit.briefs.parse import parse_brief
from remit.ground.document import parse_document
from remit.ground.faults import Faults
from remit.mechanism.commons.estate import PAYERS
from remit.mechanism.effect import load_effects
from small_commons import commons, commons_text, file_of

GREEN = "[North Green, north, 5, green]"


def assets_of(text: str) -> tuple[tuple[AssetRow, ...], list[str]]:
    doc = parse_document(text, "brief.yaml")
    rows, faults = read_assets(doc, doc.values)
    return rows, [f.code for f in faults]


def test_assets_are_read_in_their_order():
    rows, faults = assets_of(commons_text("estate"))
    assert faults == []
    assert [a.name for a in rows] == ["North Park", "North Green", "South Park", "South Green"]
    assert rows[1] == AssetRow("North Green", "north", 5.0, "green")
    assert commons("estate").assets == rows


def test_a_brief_without_assets_has_none():
    assert assets_of(commons_text("projects")) == ((), [])


@pytest.mark.parametrize("size", ["0", "-1", "large", "true", ".nan", ".inf", "1000000"])
def test_a_size_is_a_number_above_nothing(size):
    with pytest.raises(Faults) as raised:
        parse_brief(commons_text("estate", (GREEN, GREEN.replace("5", size))), file_of("estate"))
    (fault,) = raised.value.faults
    assert (fault.code, fault.place.path) == ("PLC004", "assets.rows[1]")
    assert "row 2" in fault.what


def test_a_table_of_assets_says_where_it_is_from_and_has_its_columns():
    _, faults = assets_of(
        commons_text("estate", ("columns: [name, zone, ha, kind]", "columns: [name, zone, ha]"))
    )
    assert faults[0] == "PLC002"
    head = 'assets:\n  assumption: "Made up."'
    assert assets_of(commons_text("estate", (head, "assets:")))[1] == ["QTY003"]


def test_effects_know_every_stream_of_income_by_a_name_that_has_a_payer():
    effects = load_effects("commons")
    named = {
        e.parameter.split(".")[1]
        for found in effects.by_option.values()
        for e in found
        if e.parameter.startswith("streams.")
    }
    assert named - {"*"} == set(PAYER_OF)
    assert set(PAYER_OF.values()) == set(PAYERS)
