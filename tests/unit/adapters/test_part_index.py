import sqlite3

import pytest

from answers import batch
from remit.adapters import part_index
from remit.adapters.part_index import PartIndex
from remit.adapters.run_store import RunFolder

ASKED = {"digest": "a", "brief": "small-town", "seed": "1"}


@pytest.fixture
def folder(tmp_path):
    store = RunFolder(tmp_path)
    store.open(ASKED)
    for s in range(3):
        store.write(batch([("today", s, 0), ("b", s, 0)]))
    return tmp_path


def test_parts_seen_before_are_not_read_again(folder, monkeypatch):
    first = PartIndex(folder).listed()
    monkeypatch.setattr(part_index, "whole", lambda path: pytest.fail(f"{path} was read again"))
    assert PartIndex(folder).listed() == first
    assert [p.mark.n_runs for p in first] == [2, 2, 2]


def test_a_part_that_changed_is_read_again_and_found_damaged(folder):
    assert len(PartIndex(folder).listed()) == 3
    part = min((folder / "parts").iterdir())
    part.write_bytes(part.read_bytes()[:-1])
    assert len(PartIndex(folder).listed()) == 2


def test_every_part_is_checked_when_asked_though_nothing_seems_changed(folder):
    import os

    PartIndex(folder).listed()
    part = min((folder / "parts").iterdir())
    stat, data = part.stat(), part.read_bytes()
    part.write_bytes(data[:100] + bytes([data[100] ^ 1]) + data[101:])
    os.utime(part, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert len(PartIndex(folder).listed()) == 3
    assert len(PartIndex(folder).listed(check_all=True)) == 2


@pytest.mark.parametrize("how", ["not a database", "another", "a folder", "gone"])
def test_without_an_index_everything_is_still_there(folder, how):
    whole = PartIndex(folder).listed()
    file = folder / "index.sqlite"
    file.unlink()
    if how == "not a database":
        file.write_text("surely not")
    elif how == "another":
        with sqlite3.connect(file) as base:
            base.execute("create table parts (x)")
    elif how == "a folder":
        file.mkdir()
    assert PartIndex(folder).listed() == whole


def test_what_was_asked_is_remembered_in_order(folder):
    index = PartIndex(folder)
    assert index.asks() == []
    index.note("{}", "1/2", "0.1")
    index.note("{}", "2/2", "0.1")
    assert [(a.shard, a.remit_version) for a in index.asks()] == [("1/2", "0.1"), ("2/2", "0.1")]


def test_checking_all_forgets_what_is_gone_or_spoilt(folder):
    index = PartIndex(folder)
    index.listed()
    gone, spoilt, _ = sorted((folder / "parts").iterdir())
    gone.unlink()
    spoilt.write_bytes(b"x")
    assert len(index.listed(check_all=True)) == 1
    with sqlite3.connect(folder / "index.sqlite") as base:
        assert base.execute("select count(*) from parts").fetchone() == (1,)
