import pytest

from remit.briefs.parse import parse_brief
from remit.ground.faults import Fault, Faults
from small_caseload import CARE_FILE, care, care_text

OLDER = '{value: 10, unit: factor, assumption: "Older people more often."}'
POOL = "{value: 150, unit: people, low: 120, high: 180,"
CEILING = "ceiling: {value: 200, unit: people,"


def faults_of(*changes: tuple[str, str]) -> list[Fault]:
    with pytest.raises(Faults) as raised:
        parse_brief(care_text(*changes), CARE_FILE)
    return raised.value.faults


def test_the_small_brief_is_sound():
    assert care().family == "caseload"


def test_the_bands_of_a_pattern_add_up_to_one():
    (fault,) = faults_of(("0.75, 0.4, 0.2, 0.2, 0.2]", "0.75, 0.4, 0.2, 0.2, 0.1]"))
    assert (fault.code, fault.place.path) == ("BRF012", "client_days.rows[1]")
    assert '"all_day"' in fault.what
    assert "0.9" in fault.what
    assert fault.place.line > 0


def test_the_patterns_share_out_everyone():
    (fault,) = faults_of(("[early, 0.6, ", "[early, 0.7, "))
    assert (fault.code, fault.place.path) == ("BRF012", "carer_days")
    assert "1.1" in fault.what


def test_thirds_written_to_seven_digits_are_one():
    rows = "[all_day, 0.75, 0.4, 0.2, 0.2, 0.2]"
    thirds = "[all_day, 0.75, 0.3333333, 0.3333333, 0.3333333, 0.0]"
    parse_brief(care_text((rows, thirds)), CARE_FILE)


@pytest.mark.parametrize(
    ("old", "new", "head"),
    [
        (
            'declining_share: {value: 0.3, unit: share, assumption: "When',
            'declining_share: {value: 0.95, unit: share, assumption: "When',
            "clients",
        ),
        ("stay_death_share: {value: 0.1,", "stay_death_share: {value: 0.5,", "fate"),
        (
            "stay_death_share: {value: 0.1, unit: share,",
            "stay_death_share: {value: 0.1, low: 0, high: 0.5, unit: share,",
            "fate",
        ),
    ],
)
def test_shares_of_the_same_people_never_come_to_more_than_all(old, new, head):
    (fault,) = faults_of((old, new))
    assert (fault.code, fault.place.path) == ("BRF012", head)
    assert fault.place.line > 0


def test_shares_of_exactly_all_are_allowed():
    parse_brief(care_text(("stay_death_share: {value: 0.1,", "stay_death_share: {value: 0.4,")), CARE_FILE)


def test_somebody_must_be_at_risk():
    adults = (
        "  risk_65_plus:",
        '  risk_18_64: {value: 0, unit: factor, assumption: "None."}\n  risk_65_plus:',
    )
    parse_brief(care_text(adults), CARE_FILE)
    (fault,) = faults_of(adults, (OLDER, OLDER.replace("10", "0")))
    assert (fault.code, fault.place.path) == ("BRF006", "demand")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (CEILING, "ceiling: {value: 170, unit: people,"),
        (CEILING, "ceiling: {value: 200, low: 170, high: 300, unit: people,"),
        (POOL, "{value: 150, unit: people, low: 120, high: 201,"),
        (POOL, "{value: 201, unit: people,"),
    ],
)
def test_a_pool_never_passes_its_ceiling(old, new):
    (fault,) = faults_of((old, new))
    assert (fault.code, fault.place.path) == ("MEC008", "carers.ceiling")
    assert fault.place.line > 0


def test_a_pool_at_its_ceiling_is_allowed():
    parse_brief(care_text((POOL, "{value: 200, unit: people,")), CARE_FILE)


def test_a_faulty_number_is_told_once_and_hides_no_other_check():
    found = faults_of(
        ("stay_death_share: {value: 0.1, unit: share", "stay_death_share: {value: 0.1, unit: sharp"),
        ("[early, 0.6, ", "[early, 0.7, "),
    )
    assert sorted(f.code for f in found) == ["BRF012", "QTY001"]


def test_a_zone_outside_is_refused_since_everyone_in_the_place_is_counted():
    from dataclasses import replace

    from remit.briefs.caseload_checks import check_zones
    from remit.ground.document import Document
    from small_caseload import care

    brief = care()
    zones = tuple(replace(z, is_inside=i > 0) for i, z in enumerate(brief.locality.zones))
    ringed = replace(brief, locality=replace(brief.locality, zones=zones))
    assert check_zones(brief, Document("b", {}, {})) == []
    assert [f.code for f in check_zones(ringed, Document("b", {}, {}))] == ["BRF024"]
