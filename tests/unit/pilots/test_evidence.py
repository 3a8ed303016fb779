import json

import pytest

from evidence_records import RECORD, line
from remit.ground.document import Document
from remit.ground.faults import Faults
from remit.pilots.evidence import parse_record, read_records

DOC = Document("r.yaml", None)


def test_a_record_comes_back_as_it_was():
    record = parse_record(RECORD, DOC)
    assert record.grades[0].grade == 5
    again = parse_record(json.loads(record.line), DOC)
    assert again == record


def test_all_faults_of_a_record_at_once():
    with pytest.raises(Faults) as caught:
        parse_record({**RECORD, "se": 0, "n": -1, "surprise": 1}, DOC)
    assert len(caught.value.faults) == 3


def test_a_grade_that_its_scale_has_not_is_refused():
    odd = [{**RECORD["grades"][0], "grade": 9}]
    with pytest.raises(Faults, match="EVD001"):
        parse_record({**RECORD, "grades": odd}, DOC)


def test_a_later_line_replaces_and_a_torn_one_is_told():
    data = line() + line(id="south") + line(estimate=0.03) + b'{"evid'
    records, size, torn = read_records(data, "e.jsonl")
    assert [(r.id, r.estimate) for r in records] == [("south", 0.02), ("north-2025", 0.03)]
    assert size == len(data) - 6
    assert torn == '{"evid'


def test_lines_that_are_no_records_are_told_with_their_numbers():
    with pytest.raises(Faults) as caught:
        read_records(line() + b"nonsense\n" + line(n=0) + b"\xff\n", "e.jsonl")
    assert [(f.place.line, f.code) for f in caught.value.faults] == [
        (2, "EVD002"),
        (3, "BRF001"),
        (4, "EVD002"),
    ]


def test_no_file_yet():
    assert read_records(b"", "e.jsonl") == ((), 0, "")
