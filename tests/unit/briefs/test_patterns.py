import pytest

from remit.briefs.parse import parse_brief
from remit.briefs.patterns import BANDS, read_patterns
from remit.ground.document import parse_document
from remit.ground.faults import Fault, Faults
from small_caseload import CARE_FILE, care, care_text

MORNINGS = "[mornings, 0.25, 1.0, 0.0, 0.0, 0.0]"
COLUMNS = "[name, share, morning_share, midday_share, tea_share, bed_share]\n  rows:\n  - [mornings"


def faults_of(*changes: tuple[str, str]) -> list[Fault]:
    with pytest.raises(Faults) as raised:
        parse_brief(care_text(*changes), CARE_FILE)
    return raised.value.faults


def line_of(text: str, words: str) -> int:
    return 1 + next(i for i, line in enumerate(text.splitlines()) if words in line)


def test_each_row_becomes_its_share_and_the_shares_of_its_bands():
    numbers = care().numbers
    assert numbers["client_days.mornings.share"].value == 0.25
    assert [numbers[f"client_days.all_day.{band}"].value for band in BANDS] == [0.4, 0.2, 0.2, 0.2]
    assert [numbers[f"carer_days.late.{band}"].value for band in BANDS] == [0.0, 0.0, 0.5, 0.5]


def test_a_number_of_a_pattern_has_its_tables_origin_and_no_range():
    clients, carers = (care().numbers[n] for n in ("client_days.all_day.share", "carer_days.early.share"))
    assert (clients.source, clients.assumption) == ("survey", "")
    assert (carers.source, carers.assumption) == ("", "As the visits lie.")
    assert (clients.unit, clients.low, clients.high, clients.is_uncertain) == ("share", 0.75, 0.75, False)


def test_patterns_are_named_as_written():
    assert care().named_under("client_days") == ("mornings", "all_day")
    assert care().named_under("carer_days") == ("early", "late")


def test_patterns_count_as_stated_by_the_brief():
    assert "client_days.mornings.bed_share" in care().given


@pytest.mark.parametrize(
    "row",
    [
        "[mornings, -0.25, 1.0, 0.0, 0.0, 0.0]",
        "[mornings, 0.25, 1.5, 0.0, 0.0, 0.0]",
        "[mornings, 0.25, 1.0, -0.5, 0.0, 0.0]",
        "[mornings, much, 1.0, 0.0, 0.0, 0.0]",
        "[mornings, true, 1.0, 0.0, 0.0, 0.0]",
        "[mornings, 0.25, 1.0, 0.0, 0.0, null]",
        "[mornings.early, 0.25, 1.0, 0.0, 0.0, 0.0]",
        "[mornings, 0.25, 1.0, 0.0, 0.0]",
        "[mornings, 0.25, 1.0, 0.0, 0.0, 0.0, 0.0]",
    ],
)
def test_a_row_that_is_none_is_told_at_its_line(row):
    change = (MORNINGS, row)
    found = [f for f in faults_of(change) if f.code == "PLC004"]
    assert [(f.place.line, f.place.path) for f in found] == [
        (line_of(care_text(change), row), "client_days.rows[0]")
    ]


def test_a_missing_column_is_told_once_at_the_columns():
    change = (COLUMNS, COLUMNS.replace("tea_share", "te_share"))
    found = faults_of(change)
    assert {f.code for f in found} == {"PLC002", "BRF002"}
    assert {f.place.line for f in found} == {line_of(care_text(change), "te_share")}
    assert '"tea_share"' in next(f for f in found if f.code == "BRF002").fix


def test_a_pattern_that_stands_twice_is_told():
    change = (MORNINGS, MORNINGS.replace("mornings", "all_day"))
    (fault,) = [f for f in faults_of(change) if f.code == "BRF009"]
    assert "all_day" in fault.what
    assert fault.place.path == "client_days.rows"
    assert fault.place.line >= line_of(care_text(change), "client_days:")


def test_a_table_says_where_it_is_from():
    (fault,) = faults_of(('  assumption: "As the visits lie."\n', ""))
    assert (fault.code, fault.place.path) == ("QTY003", "carer_days")


def test_a_brief_without_patterns_is_told_so_and_not_tripped_over():
    doc = parse_document("client_days: 3\n", "x")
    assert read_patterns(doc, doc.values) == ({}, [])
    assert "BRF003" in {f.code for f in faults_of(("carer_days:\n", "carer_dayz:\n"))}
