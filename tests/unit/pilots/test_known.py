import pytest

from evidence_records import line
from remit.pilots.evidence import read_records
from remit.pilots.known import together


def _records(*lines):
    return read_records(b"".join(lines), "e")[0]


def test_studies_of_one_number_and_scale_are_pooled():
    rows = _records(
        line(), line(id="b", estimate=0.04), line(id="c", scale="share"), line(id="d", parameter="x")
    )
    (found,) = together(rows)
    assert [r.id for r in found.records] == ["north-2025", "b"]
    assert found.plain.mean == pytest.approx(0.03)


def test_a_far_study_of_a_low_grade_counts_for_less():
    rows = _records(line(), line(id="b", estimate=0.04, distance=1.0, grades=[]), line(id="c"))
    (found,) = together(rows)
    assert found.discounted.mean < found.plain.mean
    assert found.discounted.weights[1] < found.plain.weights[1]
