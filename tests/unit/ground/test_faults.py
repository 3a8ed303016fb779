import pytest

from remit.ground.codes import CODES
from remit.ground.faults import MOST_TOLD, Fault, Faults, Place, fail, nearest


def test_a_place_is_file_line_and_path():
    assert str(Place("a.yaml", 7, "crews.number")) == "a.yaml:7 crews.number"


def test_an_unknown_line_is_left_out():
    assert str(Place("a.yaml", 0, "crews")) == "a.yaml crews"
    assert str(Place()) == ""


def test_a_fault_says_code_place_what_why_and_fix():
    said = str(Fault("QTY003", Place("a.yaml", 7, "crews.number"), "neither source nor assumption"))
    assert said.startswith("QTY003 a.yaml:7 crews.number - neither source nor assumption\n")
    assert CODES["QTY003"].why in said
    assert CODES["QTY003"].fix in said


@pytest.mark.parametrize("name", ['"arrest"', '"a name of three"', "arrest", "3.5", ""])
def test_what_is_only_a_name_is_told_with_what_is_wrong_with_it(name):
    assert f"- unknown brief: {name}" in str(Fault("BRF008", Place("a.yaml"), name))


@pytest.mark.parametrize("what", ['"a" is no "b"', 'no curve "a"', '"a" and "b"'])
def test_what_says_itself_what_is_wrong_is_told_as_it_is(what):
    assert Fault("BRF008", Place("a.yaml"), what).reason == what


def test_its_own_fix_replaces_the_standing_one():
    said = str(Fault("QTY003", Place("a.yaml"), "no source", "Ask Jo."))
    assert said.endswith("Ask Jo.")
    assert CODES["QTY003"].fix not in said


def test_a_fault_as_plain_values_has_the_same_parts():
    plain = Fault("BRF002", Place("a.yaml", 3, "kind"), '"kind"', "Did you mean").as_dict()
    assert plain == {
        "code": "BRF002",
        "file": "a.yaml",
        "line": 3,
        "path": "kind",
        "what": 'unknown key: "kind"',
        "why": CODES["BRF002"].why,
        "fix": "Did you mean",
    }


def test_a_code_that_nobody_defined_cannot_be_told():
    with pytest.raises(KeyError):
        str(Fault("XXX999", Place(), ""))


def test_faults_come_in_order_of_file_line_and_code():
    given = [
        ("B", 9, "QTY001"),
        ("A", 9, "QTY003"),
        ("A", 3, "BRF002"),
        ("A", 2, "QTY003"),
        ("A", 2, "BRF009"),
    ]
    told = Faults(Fault(code, Place(file, line), "") for file, line, code in given).faults
    assert [(f.place.file, f.place.line, f.code) for f in told] == sorted(
        (file, line, code) for file, line, code in given
    )


def test_the_message_holds_every_fault():
    raised = Faults([Fault("QTY001", Place("a", 1), "one"), Fault("QTY002", Place("a", 2), "two")])
    assert "one" in str(raised)
    assert "two" in str(raised)


def test_a_flood_of_faults_is_told_in_part_and_kept_whole():
    raised = Faults(Fault("BRF002", Place("a", i), f"key {i}") for i in range(1, MOST_TOLD + 1_001))
    assert len(raised.faults) == MOST_TOLD + 1_000
    assert str(raised).count("BRF002") == MOST_TOLD
    assert str(raised).endswith("... and 1,000 more of the kind. Mend these first.")


def test_fail_is_one_fault():
    (fault,) = fail("DOC001", "gone", file="a.yaml", line=4, path="x", fix="Look.").faults
    assert fault == Fault("DOC001", Place("a.yaml", 4, "x"), "gone", "Look.")


def test_a_near_name_is_named():
    assert nearest("per_wek", ["per_week", "minute"]) == 'Did you mean "per_week"?'


def test_two_near_names_are_both_named():
    said = nearest("alert_shar", ["alert_share", "alert_shape", "crews"])
    assert '"alert_share" or "alert_shape"' in said


def test_a_short_list_is_told_where_nothing_is_near():
    assert nearest("zzz", ["a", "b"]) == "Known: a, b."


def test_a_long_list_is_not_told():
    assert nearest("zzz", [str(i) for i in range(13)]) == ""


def test_nothing_known_gives_no_advice():
    assert nearest("zzz", []) == ""
