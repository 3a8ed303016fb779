import io
from dataclasses import replace

import numpy as np
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers import answer, batch, question
from remit.adapters.parts import Mark, as_part, content_name, from_part, mark_in, read_mark, spans
from remit.ensemble.batches import missing_tasks
from remit.ensemble.ports import Origin
from remit.ensemble.runner import run_task
from remit.ensemble.sampling import scenarios


def made(everyone_only=False):
    asked = question()
    drawn = scenarios(asked.unknowns(), 0, 1, 1)
    (task,) = missing_tasks(asked.arms, drawn, np.zeros((len(asked.arms), 1, 2), bool))
    return run_task(asked, task, everyone_only)


@pytest.mark.parametrize("everyone_only", [True, False])
def test_a_batch_comes_back_to_the_bit(everyone_only):
    given_ = made(everyone_only)
    back = from_part(as_part(given_))
    assert (back.keys, back.groups, back.columns) == (given_.keys, given_.groups, given_.columns)
    assert np.array_equal(back.values, given_.values, equal_nan=True)
    assert np.array_equal(back.chart, given_.chart)
    assert back.origin == given_.origin == question().origin


def test_a_part_is_a_plain_table_that_others_read_without_remit():
    table = pq.read_table(io.BytesIO(as_part(made())))
    assert table.num_rows == 4 * 2
    frame = table.select(["design", "scenario", "replicate", "survivors"]).to_pylist()
    assert {r["design"] for r in frame} == set(question().arms)
    found = answer(n_scenarios=1, n_replicates=2).results
    for row in frame:
        assert row["survivors"] == found.of(row["design"], "survivors")[row["scenario"], row["replicate"]]
    fifths = table.column("by_own_fifth.survivors").to_pylist()
    assert {len(f) for f in fifths} == {5}
    for row, listed in zip(frame, fifths, strict=True):
        for fifth, value in enumerate(listed, 1):
            whole = found.of(row["design"], "survivors", ("own_fifth", str(fifth)))
            assert value == whole[row["scenario"], row["replicate"]]


def test_duckdb_reads_a_store_by_sql(tmp_path):
    duckdb = pytest.importorskip("duckdb")
    (tmp_path / "part.parquet").write_bytes(as_part(made(everyone_only=True)))
    rows = duckdb.sql(
        f"select design, count(*), avg(survivors) from read_parquet('{tmp_path}/*.parquet') group by design"
    ).fetchall()
    assert {(d, n) for d, n, _ in rows} == {(d, 2) for d in question().arms}


def test_runs_for_everyone_only_are_small():
    assert len(as_part(made(everyone_only=True))) < 0.3 * len(as_part(made()))


@given(st.binary(max_size=200))
def test_whatever_is_not_a_part_is_none(data):
    assert from_part(data) is None
    assert mark_in(data) is None


@pytest.mark.parametrize(
    "text", ["{}", "[]", '{"format": 1}', '{"format": 2}', '{"format": 2, "groups": 3}', "x"]
)
def test_a_mark_of_another_format_is_refused(text):
    with pytest.raises(ValueError, match=r"\w"):
        read_mark(text)


def test_a_mark_says_what_it_was_made_from_and_comes_back():
    mark = Mark(Origin("q", {"today": "d"}), (("all", ""), ("zone", "a")), ("survivors",), 3)
    assert read_mark(mark.as_text()) == mark


def test_the_name_follows_from_what_is_held_alone():
    one = as_part(batch([("today", 0, 0)]))
    assert content_name(one) == content_name(as_part(batch([("today", 0, 0)])))
    other = as_part(replace(batch([("today", 0, 0)]), origin=Origin("q", {})))
    assert content_name(one) != content_name(other)


def test_kinds_of_group_stand_together():
    assert spans((("all", ""),)) == {}
    assert spans((("all", ""), ("fifth", "1"), ("fifth", "2"), ("zone", "x"))) == {
        "fifth": (1, 3),
        "zone": (3, 4),
    }
