import json

import pytest
from click.testing import CliRunner

from pilot_files import TEAMS
from remit.cli.pilot_analyse import analyse, type_one
from remit.ground.faults import Faults

DATA = "team,arm,wait\na,today,12\nb,evening,10\nc,today,13\nd,evening,9\n"


def _run(command, *words):
    run = CliRunner().invoke(command, [str(w) for w in words], catch_exceptions=False)
    assert run.exit_code == 0
    return run.output


@pytest.fixture
def files(tmp_path):
    (tmp_path / "p.yaml").write_text(TEAMS)
    (tmp_path / "d.csv").write_text(DATA)
    return tmp_path / "p.yaml", tmp_path / "d.csv"


def test_what_a_pilot_found(files):
    text = _run(analyse, *files, "--column", "id=team")
    assert "DEVIATION PIL216" in text
    assert "-3.00" in text
    plain = json.loads(_run(analyse, *files, "--column", "id=team", "--json"))
    assert plain["comparisons"][0]["value"] == -3.0


def test_type_one_as_a_table_and_as_json():
    assert "clusters" in _run(type_one, "--runs", 10, "--draws", 19, "--clusters", "6")
    run = CliRunner().invoke(type_one, ["--runs", "10", "--draws", "19", "--clusters", "6", "--json"])
    assert json.loads(run.stdout)["rates"][0]["n_runs"] == 10


def test_odd_numbers_of_clusters_are_refused():
    with pytest.raises(Faults, match="CLI001"):
        CliRunner().invoke(type_one, ["--clusters", "7"], catch_exceptions=False)
