import errno
import os
import stat
from pathlib import Path

import pytest

from remit.adapters import files
from remit.adapters.files import read_text, write_bytes, write_text
from remit.ground.faults import Faults


def refused(path, code, **options):
    with pytest.raises(Faults, match=code) as raised:
        read_text(path, **options)
    assert str(path) in str(raised.value)


def test_text_is_read_as_utf_8_with_or_without_a_mark(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_bytes("£ 5".encode())
    assert read_text(path) == "£ 5"
    path.write_bytes("£ 5".encode("utf-8-sig"))
    assert read_text(path) == "£ 5"
    path.write_bytes(b"")
    assert read_text(path) == ""


def test_what_is_not_a_file_is_refused(tmp_path):
    refused(tmp_path / "not-there", "DOC001")
    refused(tmp_path, "DOC001")
    refused(tmp_path / ("x" * 300), "DOC001")
    os.mkfifo(tmp_path / "pipe")
    refused(tmp_path / "pipe", "DOC001")
    (tmp_path / "loop").symlink_to("loop")
    refused(tmp_path / "loop", "DOC001")


def test_what_is_not_text_is_refused(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_bytes(b"\xff\xfe\x00")
    refused(path, "DOC010")


def test_a_huge_file_is_refused_without_being_opened(tmp_path, monkeypatch):
    path = tmp_path / "huge"
    with path.open("wb") as file:
        file.truncate(10_000_000_000)
    monkeypatch.setattr("pathlib.Path.read_bytes", lambda self: pytest.fail("opened"))
    refused(path, "DOC002")


def test_the_limit_is_in_bytes_and_may_be_reached(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"x" * 10)
    assert read_text(path, 10) == "x" * 10
    refused(path, "DOC002", most_bytes=9)


def test_a_file_is_written_whole_with_its_folder(tmp_path):
    path = tmp_path / "new" / "deep" / "a.txt"
    write_text(path, "£\n")
    assert path.read_bytes() == "£\n".encode()
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    write_text(path, "other")
    assert path.read_text() == "other"
    assert os.listdir(path.parent) == ["a.txt"]


@pytest.mark.parametrize("step", ["replace", "fsync", "chmod"])
def test_a_write_that_fails_leaves_the_old_file_and_no_trace(tmp_path, monkeypatch, step):
    path = tmp_path / "a.txt"
    write_bytes(path, b"old")

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(files.os, step, full)
    with pytest.raises(OSError, match="No space left"):
        write_bytes(path, b"new")
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a.txt"]


def test_an_interrupted_write_leaves_the_old_file_and_no_trace(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    write_bytes(path, b"old")

    def interrupt(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(files.os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_bytes(path, b"new")
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a.txt"]


def test_a_device_is_never_replaced_by_a_file(tmp_path):
    with pytest.raises(OSError, match="not a plain file"):
        write_text(Path("/dev/null"), "x")
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError, match="not a plain file"):
        write_text(tmp_path / "folder", "x")
