import json

import pytest

from pilot_files import TEAMS


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "pilot.yaml"
    path.write_text(TEAMS)
    return str(path)


def test_power_is_printed(remit, file):
    said = remit("pilot", "power", file)
    assert said.code == 0
    assert "Power of the plan                11 %" in said.out
    assert said.err == ""


def test_power_is_printed_as_json(remit, file):
    plain = json.loads(remit("pilot", "power", file, "--json").out, parse_constant=pytest.fail)
    assert plain["size"]["counts"] == [13, 13]


def test_faults_are_told_and_end_with_2(remit, tmp_path):
    path = tmp_path / "bad.yaml"
    path.write_text(TEAMS.replace("icc:", "iccc:"))
    said = remit("pilot", "power", str(path))
    assert said.code == 2
    assert "PIL007" in said.err
    assert remit("pilot", "power", str(tmp_path / "none.yaml")).code == 2


def test_help_has_examples(remit):
    said = remit("pilot", "power", "--help")
    assert "remit pilot power evening-visits.yaml --json" in said.out
    assert "power" in remit("pilot", "--help").out
