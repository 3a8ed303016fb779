import gzip

import pytest

from remit.adapters.pilot_data import read_data
from remit.ground.faults import Faults

TEXT = "id,wait\na,1\nb,\n\n"


def test_csv_as_it_is_and_packed(tmp_path):
    (tmp_path / "d.csv").write_text("\ufeff" + TEXT, "utf-8")
    (tmp_path / "d.csv.gz").write_bytes(gzip.compress(TEXT.encode()))
    for name in ("d.csv", "d.csv.gz"):
        found = read_data(tmp_path / name)
        assert found.columns == {"id": ("a", "b"), "wait": ("1", "")}
        assert found.n == 2


def test_parquet(tmp_path):
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    parquet.write_table(pa.table({"id": [1, 2], "wait": [0.5, None]}), tmp_path / "d.parquet")
    assert read_data(tmp_path / "d.parquet").columns == {"id": ("1", "2"), "wait": ("0.5", "")}
    (tmp_path / "e.parquet").write_text("no")
    with pytest.raises(Faults, match="PIL215"):
        read_data(tmp_path / "e.parquet")


@pytest.mark.parametrize("text", ["", "id,id\n1,2\n", "id,wait\n1\n", "id,wait\n"])
def test_no_table(tmp_path, text):
    (tmp_path / "d.csv").write_text(text)
    with pytest.raises(Faults, match="PIL215"):
        read_data(tmp_path / "d.csv")


def test_unreadable(tmp_path):
    with pytest.raises(Faults, match="DOC001"):
        read_data(tmp_path / "none.csv")
    (tmp_path / "d.csv").write_bytes(b"id\n\xff\n")
    with pytest.raises(Faults, match="DOC010"):
        read_data(tmp_path / "d.csv")
    (tmp_path / "d.csv.gz").write_bytes(b"no gzip")
    with pytest.raises(Faults, match="DOC001"):
        read_data(tmp_path / "d.csv.gz")
