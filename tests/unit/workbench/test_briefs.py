import contextlib
from pathlib import Path

import pytest

from remit.adapters.files import read_text
from remit.design.design import TODAY, Solved
from remit.ground.faults import Faults
from remit.workbench.briefs import check_text, gallery, open_brief, read_brief
from small_brief import codes_of, small_text

A_DESIGN = """\
design: mine
title: Mine
settings:
  staff: 1.1
  relationship: distributed_responders
"""


def never(path: Path) -> str:
    raise AssertionError(f"{path} was read")


def opened(text):
    return open_brief("mine.yaml", lambda path: text)


def faults(text):
    with pytest.raises(Faults) as raised:
        opened(text)
    return raised.value


def test_every_brief_of_the_gallery_opens():
    assert "cardiac-arrest" in gallery()
    assert not {"response", "caseload"} & set(gallery()), "a vocabulary is not a brief"
    for name in gallery():
        found = open_brief(name, never)
        assert found.brief.id == name
        assert next(iter(found.designs)) == TODAY
        assert set(found.written) == set(found.designs)


def test_levels_that_are_worked_out_are_numbers_when_opened():
    found = opened(small_text())
    assert isinstance(found.written["same_money"].settings["staff"], Solved)
    for design in found.designs.values():
        assert not any(isinstance(s, Solved) for s in design.settings.values())


def test_a_file_is_found_by_its_ending_or_because_it_is_there(tmp_path):
    for name in ("a.yaml", "b.yml", "c"):
        (tmp_path / name).write_text("text")
        assert read_brief(str(tmp_path / name), read_text) == ("text", str(tmp_path / name))
    with pytest.raises(Faults, match="DOC001"):
        read_brief(str(tmp_path / "not-there.yaml"), read_text)


@pytest.mark.parametrize("name", ["cardiac-arest", "cardiac_arrest", "response", "x" * 300, "a/b/c"])
def test_an_unknown_name_is_a_fault_that_names_the_nearest(name):
    with pytest.raises(Faults, match="BRF008") as raised:
        read_brief(name, never)
    if name.startswith("cardiac"):
        assert 'Did you mean "cardiac-arrest"?' in str(raised.value)


def test_faults_of_numbers_place_and_designs_are_told_together():
    found = faults(
        small_text(
            (
                "{value: 36, unit: km_per_hour, source: survey}",
                "{value: 36, unit: km_per_our, source: survey}",
            ),
            ("[Z2, South, true, 1000, 3000, 1000", "[Z2, South, true, 0, 0, 0"),
            ("      relationship: distributed_responders\n", "      relationship: distributed_responder\n"),
            ("  staff: 0.8\n", ""),
            ("  discretion: 0\n", "  discretion: 99999\n"),
        )
    )
    assert codes_of(found) == ["BRF006", "DSN002", "DSN003", "DSN004", "QTY001"]
    assert all(f.place.file == "mine.yaml" for f in found.faults)
    assert 'Did you mean "distributed_responders"?' in str(found)


def test_faults_of_designs_alone_are_told_together():
    found = faults(small_text(("  staff: 0.8\n", "  staff: lots\n"), ("{equal_cost_to: neighbours}", "9.5")))
    assert codes_of(found) == ["DSN003", "DSN005"]


@pytest.mark.parametrize("wish", ["{equal_cost_to: one_more}", "{equal_cost_to: same_money}"])
def test_a_level_worked_out_from_another_is_worked_out_or_refused(wish):
    # "as much as one crew more" is a natural thing to ask; a circle is a fault, not a defect
    text = small_text(("{equal_cost_to: neighbours}", wish))
    with contextlib.suppress(Faults):
        designs = opened(text).designs
        assert designs["same_money"].settings["staff"] == pytest.approx(designs["one_more"].settings["staff"])


def test_a_level_that_is_out_of_reach_is_refused():
    assert codes_of(faults(small_text(("{more_crews: 1}", "{more_crews: 500}")))) == ["DSN003"]


def test_a_sound_brief_is_said_to_be_one():
    n = len(opened(small_text()).brief.given)
    assert (
        check_text(small_text(), "small.yaml", Path.read_text) == f"brief small-town: {n} numbers, 4 designs"
    )


def test_a_sound_design_is_said_to_be_one():
    assert check_text(A_DESIGN, "mine.yaml", Path.read_text) == "design mine: 2 settings"


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        ("staff: 1.1", "stff: 1.1", ["DSN001"]),
        ("staff: 1.1", "staff: 99", ["DSN003"]),
        ("distributed_responders", "distributed", ["DSN002"]),
        ("title: Mine", "titel: Mine", ["BRF002"]),
        ("settings:\n", "setings:\n", ["BRF002", "BRF003"]),
        ("settings:\n  staff: 1.1\n  relationship: distributed_responders\n", "settings: many\n", ["DSN005"]),
    ],
)
def test_faults_of_a_design_file(old, new, codes):
    with pytest.raises(Faults) as raised:
        check_text(A_DESIGN.replace(old, new), "mine.yaml", Path.read_text)
    assert codes_of(raised.value) == codes


def test_a_brief_with_one_letter_missing_is_still_read_as_a_brief():
    # "design:" for "designs:" is one slip and should be told as such
    with pytest.raises(Faults) as raised:
        check_text(small_text(("\ndesigns:\n", "\ndesign:\n")), "small.yaml", Path.read_text)
    assert len(raised.value.faults) <= 3
    assert 'Did you mean "designs"?' in str(raised.value)


@pytest.mark.parametrize("text", ["", "[]", "1", "a: 1", "null", "design:", "design: [1]"])
def test_whatever_is_in_a_file_it_is_refused_with_faults(text):
    with pytest.raises(Faults):
        check_text(text, "mine.yaml", Path.read_text)
