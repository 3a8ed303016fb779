import json

import yaml
from click.testing import CliRunner

from evidence_records import RECORD
from remit.cli.main import cli


def test_add_and_list(tmp_path):
    file, book = tmp_path / "r.yaml", tmp_path / "e.jsonl"
    file.write_text(yaml.safe_dump(RECORD))
    run = CliRunner().invoke(
        cli, ["evidence", "add", str(file), "--register", str(book)], catch_exceptions=False
    )
    assert "added" in run.output
    asked = ["evidence", "list", RECORD["parameter"], "--register", str(book), "--json"]
    plain = json.loads(CliRunner().invoke(cli, asked, catch_exceptions=False).output)
    assert [row["kept_in"] for row in plain["evidence"]][:2] == ["register", "cardiac-arrest"]


def test_the_workspace_alone(tmp_path):
    asked = ["evidence", "list", "--own", "--register", str(tmp_path / "none.jsonl")]
    assert "Nothing is known yet." in CliRunner().invoke(cli, asked, catch_exceptions=False).output


def test_alone_it_lists(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert "alert.accepted_share" in CliRunner().invoke(cli, ["evidence"], catch_exceptions=False).output
