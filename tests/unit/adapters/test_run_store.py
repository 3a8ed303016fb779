import json
import os
import random
import stat
from dataclasses import replace

import numpy as np
import pyarrow.parquet as pq
import pytest

from answers import answer, batch, question
from remit.adapters import files
from remit.adapters.executors import Serial
from remit.adapters.run_store import RunFolder
from remit.ensemble.results import gather
from remit.ground.faults import Faults
from remit.workbench.compare import Wish, run_comparison

ASKED = {"digest": "a", "brief": "small-town", "seed": "1"}
KEYS = [("today", 0, 0), ("b", 0, 0), ("today", 1, 0)]


@pytest.fixture
def folder(tmp_path):
    made = RunFolder(tmp_path / "out")
    made.open(ASKED)
    return made


def keys(store):
    return sorted((k.design, k.scenario, k.replicate) for b in store.read() for k in b.keys)


def test_a_true_batch_comes_back_to_the_bit(tmp_path):
    given = run_comparison(question(), Wish(2, 2), RunFolder(tmp_path), Serial(), lambda _: None)
    back = gather(RunFolder(tmp_path).read(), tuple(question().designs))
    assert back.keys == given.results.keys
    assert (back.groups, back.columns) == (given.results.groups, given.results.columns)
    assert np.array_equal(back.values, given.results.values, equal_nan=True)
    assert np.array_equal(back.chart, given.results.chart)


def test_a_part_is_named_by_the_runs_it_holds(folder):
    folder.write(batch(KEYS))
    folder.write(batch(KEYS))
    folder.write(batch(KEYS[:1]))
    assert len(list(folder.parts.iterdir())) == 2


def test_a_part_that_was_being_written_is_not_read(folder):
    folder.write(batch(KEYS))
    (part,) = folder.parts.iterdir()
    (folder.parts / ".part-x7_abc").write_bytes(part.read_bytes()[:1000])
    (folder.parts / ".part-whole").write_bytes(part.read_bytes())
    assert len(folder.read()) == 1


@pytest.mark.parametrize("share", [0.0, 0.3, 0.99])
def test_a_truncated_part_is_left_out_and_made_again(folder, share):
    folder.write(batch(KEYS[:2]))
    folder.write(batch(KEYS[2:]))
    part = next(p for p in folder.parts.iterdir() if pq.read_table(p).num_rows == 2)
    data = part.read_bytes()
    part.write_bytes(data[: int(share * len(data))])
    assert keys(folder) == KEYS[2:]
    folder.write(batch(KEYS[:2]))
    assert keys(folder) == sorted(KEYS)


@pytest.mark.parametrize("data", [b"PAR1PAR1", b"not parquet at all", b"PAR1" + bytes(100) + b"PAR1"])
def test_what_is_not_a_part_is_left_out(folder, data):
    folder.write(batch(KEYS))
    (folder.parts / "other.parquet").write_bytes(data)
    (folder.parts / "a-folder.parquet").mkdir()
    assert keys(folder) == sorted(KEYS)


def test_a_parquet_file_of_something_else_is_left_out(folder):
    import pyarrow as pa

    folder.write(batch(KEYS))
    pq.write_table(pa.table({"x": [1, 2]}), folder.parts / "other.parquet")
    pq.write_table(pa.table({"run_id": pa.array([], pa.string())}), folder.parts / "empty.parquet")
    assert keys(folder) == sorted(KEYS)


def test_a_part_with_a_flipped_bit_never_comes_back_as_other_numbers(folder):
    # Law 1: a disk or a copy that went wrong is refused, not read
    folder.write(batch([("today", s, r) for s in range(4) for r in range(25)]))
    (part,) = folder.parts.iterdir()
    data, (whole,) = part.read_bytes(), folder.read()
    wrong = 0
    for k in random.Random(1).sample(range(len(data)), 150):
        part.write_bytes(data[:k] + bytes([data[k] ^ 0x10]) + data[k + 1 :])
        for read in folder.read():
            alike = read.keys == whole.keys and np.array_equal(read.values, whole.values, equal_nan=True)
            wrong += not alike
    assert wrong == 0


def test_another_question_is_refused_and_says_what_the_folder_holds(folder):
    with pytest.raises(Faults, match="ENS001") as raised:
        RunFolder(folder.folder).open({**ASKED, "digest": "b"})
    assert "small-town, seed 1" in str(raised.value)
    RunFolder(folder.folder).open({**ASKED, "remit_version": "9"})


@pytest.mark.parametrize("text", ["{", "[]", "{}"])
def test_a_folder_whose_question_cannot_be_read_is_refused(folder, text):
    (folder.folder / "question.json").write_text(text)
    with pytest.raises(Faults):
        folder.open(ASKED)


def test_parts_without_a_question_are_not_taken_for_the_asked_ones_own(tmp_path):
    # a folder whose question.json was lost: its runs may be of any question
    mine = run_comparison(question(seed=2), Wish(2, 1), RunFolder(tmp_path), Serial(), lambda _: None)
    (tmp_path / "question.json").unlink()
    told = run_comparison(question(seed=1), Wish(2, 1), RunFolder(tmp_path), Serial(), lambda _: None)
    assert repr(told.rows) == repr(answer(n_scenarios=2, n_replicates=1).rows)
    assert repr(told.rows) != repr(mine.rows)


@pytest.mark.parametrize("where", ["a-file", "a-file/deeper"])
def test_a_folder_that_cannot_be_made_is_a_fault(tmp_path, where):
    (tmp_path / "a-file").write_text("in the way")
    with pytest.raises(Faults, match="ENS002"):
        RunFolder(tmp_path / where).open(ASKED)
    assert (tmp_path / "a-file").read_text() == "in the way"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_a_fault(tmp_path):
    tmp_path.chmod(stat.S_IREAD | stat.S_IEXEC)
    with pytest.raises(Faults, match="ENS002"):
        RunFolder(tmp_path / "out").open(ASKED)


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_full_disk_is_a_fault_and_keeps_what_was_written(folder, monkeypatch, step):
    folder.write(batch(KEYS[:2]))

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, step, full)
    for act in (
        lambda: folder.write(batch(KEYS[2:])),
        lambda: folder.write_tables(gather([batch(KEYS)], ("today", "b"))),
        lambda: RunFolder(folder.folder / "more").open(ASKED),
    ):
        with pytest.raises(Faults, match="ENS002") as raised:
            act()
        assert "No space left on device" in str(raised.value)
    assert len(folder.read()) == 1
    assert not [p for p in folder.folder.rglob(".part-*")]


def test_columns_are_read_for_the_runs_of_one_question_and_others_are_counted(tmp_path):
    store = RunFolder(tmp_path)
    run_comparison(question(), Wish(3, 2), store, Serial(), lambda _: None)
    told = store.columns(question().origin, ("survivors", "nothing_of_the_kind"))
    assert len(told.places) == 4 * 3 * 2
    assert told.n_foreign == 0
    assert np.isnan(told.values[:, 1]).all()
    whole = gather(store.read(), tuple(question().designs))
    for (d, s, r), (value, _) in zip(told.places, told.values, strict=True):
        assert whole.values[d, s, r, 0, whole.columns.index("survivors")] == value
    other = store.columns(question(seed=2).origin, ("survivors",))
    assert (len(other.places), other.n_foreign) == (0, 4 * 3 * 2)
    changed = replace(question().origin, designs={**question().origin.designs, "one_more": "other settings"})
    assert store.columns(changed).n_foreign == 3 * 2, (
        "a design of that name with other settings is another design"
    )


def test_a_run_is_found_by_the_beginning_of_its_identity(tmp_path):
    store = RunFolder(tmp_path)
    run_comparison(question(), Wish(2, 1), store, Serial(), lambda _: None)
    run = question().run_id("today", 1, 0)
    (found,) = store.find(question().origin, run[:10])
    assert (found.run_id, found.design, found.scenario, found.replicate) == (run, "today", 1, 0)
    assert len(store.find(question().origin, "")) == 4 * 2
    assert store.find(question(seed=2).origin, run) == []


def test_a_folder_of_an_older_remit_is_explained_not_read(folder):
    held = json.loads((folder.folder / "question.json").read_text())
    del held["format"]
    (folder.folder / "question.json").write_text(json.dumps({**held, "remit_version": "0.0.9"}))
    for act in (lambda: folder.open(ASKED), folder.held):
        with pytest.raises(Faults, match="ENS007") as raised:
            act()
        assert "0.0.9" in str(raised.value)


def test_a_part_that_rotted_without_a_trace_is_left_out_once_it_is_read(tmp_path):
    store = RunFolder(tmp_path)
    run_comparison(question(), Wish(40, 2), store, Serial(), lambda _: None)
    whole = store.columns(question().origin, ("survivors",))
    part = max(store.parts.iterdir(), key=lambda p: p.stat().st_size)
    stat, data = part.stat(), part.read_bytes()
    n_lost, wrong = 0, 0
    for place in random.Random(2).sample(range(len(data)), 40):
        part.write_bytes(data[:place] + bytes([data[place] ^ 0x10]) + data[place + 1 :])
        os.utime(part, ns=(stat.st_atime_ns, stat.st_mtime_ns))
        told = store.columns(question().origin, ("survivors",))
        n_lost += len(told.places) < len(whole.places)
        at = {tuple(p): v for p, v in zip(whole.places.tolist(), whole.values[:, 0].tolist(), strict=True)}
        wrong += any(
            at[tuple(p)] != v for p, v in zip(told.places.tolist(), told.values[:, 0].tolist(), strict=True)
        )
        part.write_bytes(data)
        store.index.listed(check_all=True)
    assert wrong == 0
    assert n_lost > 0


def test_a_folder_of_other_things_is_not_filled(tmp_path):
    (tmp_path / "work.py").write_text("mine")
    with pytest.raises(Faults, match="ENS010"):
        RunFolder(tmp_path).open(ASKED)
    assert [p.name for p in tmp_path.iterdir()] == ["work.py"]


def test_what_sets_two_questions_apart_is_named(folder):
    with pytest.raises(Faults) as raised:
        folder.open({**ASKED, "digest": "b", "seed": "2", "sampling": "latin"})
    assert "another seed (1, asked is 2)" in str(raised.value)
    assert "drawn in another way" in str(raised.value)


def test_damaged_files_are_counted(folder):
    folder.write(batch(KEYS))
    (folder.parts / "other.parquet").write_bytes(b"x")
    assert folder.n_damaged == 1
