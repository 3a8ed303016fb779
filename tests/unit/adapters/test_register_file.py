import re
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from remit.adapters.register_file import append_line, read_bytes, utc_now
from remit.ground.faults import Faults


def test_lines_are_added_one_after_another(tmp_path):
    path = tmp_path / "new" / "r.jsonl"
    assert read_bytes(path) == b""
    append_line(path, "one", 0)
    append_line(path, "two é", 4)
    assert read_bytes(path) == "one\ntwo é\n".encode()


def test_a_torn_end_is_cut_off_first(tmp_path):
    path = tmp_path / "r"
    path.write_bytes(b"one\ntw\xff")
    append_line(path, "two", 4, "tw\\xff")
    assert path.read_bytes() == b"one\ntwo\n"


def test_what_grew_meanwhile_is_left_alone(tmp_path):
    path = tmp_path / "r"
    path.write_bytes(b"one\ntwo\n")
    with pytest.raises(Faults, match="meanwhile"):
        append_line(path, "other", 4)
    assert path.read_bytes() == b"one\ntwo\n"


def test_of_many_writers_at_once_one_writes(tmp_path):
    path = tmp_path / "r"

    def write(i):
        try:
            append_line(path, f"line {i}", 0)
        except Faults:
            return 0
        return 1

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(write, range(24))) == 1
    assert len(path.read_text().splitlines()) == 1


def test_what_cannot_be_read_or_written_is_a_fault(tmp_path, monkeypatch):
    with pytest.raises(Faults, match="DOC001"):
        read_bytes(tmp_path)
    with pytest.raises(Faults, match="DOC011"):
        append_line(tmp_path, "x", 0)
    monkeypatch.setattr("remit.adapters.register_file.MOST_BYTES", 2)
    (tmp_path / "big").write_bytes(b"123")
    with pytest.raises(Faults, match="DOC002"):
        read_bytes(tmp_path / "big")


def test_it_writes_where_files_cannot_be_held(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "fcntl", None)
    append_line(tmp_path / "r", "x", 0)
    assert (tmp_path / "r").read_text() == "x\n"


def test_the_clock_is_utc_to_the_second():
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", utc_now())
