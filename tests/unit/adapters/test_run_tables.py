import csv

import numpy as np
import pyarrow.parquet as pq
import pytest

from answers import answer, batch, question
from remit.adapters.executors import Serial
from remit.adapters.run_store import RunFolder
from remit.ensemble.ports import Failure, RunKey
from remit.ensemble.results import gather
from remit.workbench.compare import Wish, run_comparison
from small_brief import opened


@pytest.fixture
def folder(tmp_path):
    return RunFolder(tmp_path / "out")


def test_tables_have_a_row_a_run_and_group_and_say_the_same(folder):
    given = answer()
    parquet, plain = folder.write_tables(given.results)
    rows = list(csv.DictReader(plain.open(newline="")))
    table = pq.read_table(parquet).to_pylist()
    assert len(rows) == len(table) == 4 * 4 * 2 * len(given.results.groups)
    for row, other in zip(rows, table, strict=True):
        assert list(row) == list(other)
        for name, text in row.items():
            value = other[name]
            if isinstance(value, float):
                assert (text == "" and np.isnan(value)) or float(text) == value
            else:
                assert text == str(value)
    assert {(r["design"], r["scenario"], r["replicate"]) for r in rows} == {
        (k.design, str(k.scenario), str(k.replicate)) for k in given.results.keys
    }
    for row in rows:
        d = given.results.of(row["design"], "survivors", (row["group_kind"], row["group"]))
        assert float(row["survivors"]) == d[int(row["scenario"]), int(row["replicate"])]


def test_names_that_upset_a_table_come_back(folder, tmp_path):
    odd = 'a,"b"\n=1+1'
    found = gather([batch([(odd, 0, 0), ("today", 0, 0)])], ("today", odd))
    parquet, plain = folder.write_tables(found)
    assert [r["design"] for r in csv.DictReader(plain.open(newline=""))] == ["today", odd]
    assert pq.read_table(parquet).column("design").to_pylist() == ["today", odd]


def test_the_same_results_give_the_same_bytes(tmp_path):
    written = []
    for name in ("one", "two"):
        store = RunFolder(tmp_path / name)
        run_comparison(question(), Wish(2, 2), store, Serial(), lambda _: None)
        results = gather(store.read(), tuple(opened().designs))
        written.append([p.read_bytes() for p in store.write_tables(results)])
    assert written[0] == written[1]


def test_failures_are_a_row_each_and_none_leaves_no_file(folder):
    failure = Failure(RunKey("r", "b", 3, 1), "lowering", "MEC002", 'too many, "12"')
    folder.write_failures([failure])
    (row,) = csv.DictReader((folder.folder / "failures.csv").open(newline=""))
    assert (row["design"], row["scenario"], row["message"]) == ("b", "3", 'too many, "12"')
    folder.write_failures([])
    assert not (folder.folder / "failures.csv").exists()
