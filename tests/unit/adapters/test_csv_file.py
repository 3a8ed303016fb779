import csv

import pytest

from remit.adapters.csv_file import write_table
from remit.ground.faults import Faults


def test_a_table_comes_back_as_it_was(tmp_path):
    rows = [["a, b", 'say "x"'], ["é", ""]]
    write_table(tmp_path / "t.csv", ["one", "two"], rows)
    with open(tmp_path / "t.csv", newline="", encoding="utf-8") as file:
        assert list(csv.reader(file)) == [["one", "two"], *rows]


def test_what_cannot_be_written_is_a_fault(tmp_path):
    with pytest.raises(Faults, match="DOC011"):
        write_table(tmp_path, ["one"], [])
