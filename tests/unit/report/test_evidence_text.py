import json

from evidence_records import line
from remit.pilots.evidence import read_records
from remit.pilots.known import together
from remit.report.evidence_text import evidence_lines, evidence_plain
from remit.workbench.evidence import listing


def _known(*lines):
    records = read_records(b"".join(lines), "e")[0]
    return listing(records, []), together(records)


def test_a_parameter_is_told_once_and_pooled_with_the_rule():
    text = "\n".join(evidence_lines(*_known(line(), line(id="b", estimate=0.05), line(id="c"))))
    assert text.count("alert.accepted_share\n") == 1
    assert "3 studies together" in text
    assert "a new place should expect" in text
    assert "argue with it" in text


def test_two_studies_do_not_predict():
    assert "fewer than three" in "\n".join(evidence_lines(*_known(line(), line(id="b"))))


def test_nothing_is_known():
    assert evidence_lines((), ()) == ["Nothing is known yet."]


def test_plain_values_are_json():
    plain = json.loads(json.dumps(evidence_plain(*_known(line(), line(id="b"))), allow_nan=False))
    assert plain["together"][0]["studies"] == ["north-2025", "b"]
    assert plain["together"][0]["plain"]["predict_low"] is None
