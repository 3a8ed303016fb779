import pytest
import yaml

from evidence_records import RECORD, line
from remit import wiring
from remit.ground.faults import Faults
from remit.pilots.evidence import read_records
from remit.workbench.evidence import add_record, listing, read_register

BRIEF = wiring.brief_at("cardiac-arrest").brief


def test_records_stand_before_the_briefs_numbers():
    records = read_records(line(), "e")[0]
    found = listing(records, [BRIEF], "alert.accepted_share")
    assert [f.kept_in for f in found] == ["register", "cardiac-arrest"]
    assert found[0].grade == "maryland 5"
    assert found[0].high == pytest.approx(0.0396, abs=1e-4)
    assert "Smith" in found[1].source


def test_assumptions_are_no_evidence():
    assert all(line.source for line in listing([], [BRIEF]))
    assert len(listing([], [BRIEF])) < len(BRIEF.given)


def test_nothing_is_known_of_it():
    with pytest.raises(Faults, match="EVD003"):
        listing([], [BRIEF], "alert.acceptd_share")


def test_adding_keeps_what_stands(tmp_path):
    file, book = tmp_path / "r.yaml", tmp_path / "e.jsonl"
    tools = (wiring.read_text, wiring.read_bytes, wiring.append_line)
    file.write_text(yaml.safe_dump(RECORD))
    add_record(file, book, *tools)
    before = book.read_bytes()
    file.write_text(yaml.safe_dump({**RECORD, "id": "south"}))
    add_record(file, book, *tools)
    assert book.read_bytes().startswith(before)
    assert [r.id for r in read_register(book, wiring.read_bytes)] == ["north-2025", "south"]
    assert read_register(tmp_path / "none", wiring.read_bytes) == ()
