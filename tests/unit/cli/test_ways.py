import json

from small_brief import SMALL

FEW = ("--route", "--scenarios", "2", "--replicates", "1", "--threads", "1", "--designs", "neighbours")


def test_the_way_is_printed_and_left_as_a_page_and_tables(remit, tmp_path):
    said = remit("compare", SMALL, *FEW, "--months", "36", "--out", "out")
    assert said.code == 0, said.err
    assert "The way to: Neighbours alerted" in said.out
    assert "Worst month for" in said.out or "No dip in" in said.out
    assert {p.name for p in (tmp_path / "out").iterdir()} >= {"report.html", "runs.csv", "parts"}


def test_json_holds_the_months_and_the_stop_rule(remit):
    said = remit("compare", SMALL, *FEW, "--months", "36", "--stop", "response_mean>today+0.1@30", "--json")
    told = json.loads(said.out)
    assert told["ways"][0]["stop_rule"]["share_fired"] is not None
    assert len(told["ways"][0]["lives_by_month"]) == told["months"]


def test_no_way_within_the_months_is_bad_input_that_says_why(remit):
    said = remit("compare", SMALL, *FEW, "--months", "2")
    assert said.code == 2
    assert "RTE001" in said.err


def test_a_precision_is_not_silently_left_out(remit):
    said = remit("compare", SMALL, *FEW, "--months", "36", "--precision", "0.1")
    assert said.code == 2
    assert "--precision with --route" in said.err


def test_a_stop_rule_that_makes_no_sense_is_refused_before_anything_runs(remit, tmp_path):
    said = remit("compare", SMALL, *FEW, "--months", "36", "--stop", "luck>3@4")
    assert said.code == 2
    assert "CLI001" in said.err
    assert not (tmp_path / "remit-results").exists()


def test_the_same_command_goes_on_where_it_stopped(remit, tmp_path):
    first = remit("compare", SMALL, *FEW, "--months", "36", "--out", "out", "--json")
    parts = sorted((tmp_path / "out" / "parts").iterdir())
    second = remit("compare", SMALL, *FEW, "--months", "36", "--out", "out", "--json")
    assert first.out == second.out
    assert sorted((tmp_path / "out" / "parts").iterdir()) == parts
