import json

from small_brief import SMALL

FEW = ("--scenarios", "3", "--replicates", "2", "--threads", "1", "--designs", "one_more")


def test_an_ensemble_is_filled_told_and_one_run_made_again(remit, tmp_path):
    said = remit("explore", SMALL, *FEW, "--into", "s")
    assert said.code == 0, said.err
    told = json.loads(remit("runs", "s", "--json").out)
    assert told["done"] == {"today": 6, "one_more": 6}
    assert told["failed"] == []
    assert "12 of 12 runs" in remit("runs", "s").out
    run = json.loads((tmp_path / "s" / "question.json").read_text())
    assert json.loads(run["recipe"])["n_scenarios"] == 3


def test_the_same_command_makes_nothing_twice(remit, tmp_path):
    remit("explore", SMALL, *FEW, "--into", "s")
    parts = sorted((tmp_path / "s" / "parts").iterdir())
    remit("explore", SMALL, *FEW, "--into", "s")
    assert sorted((tmp_path / "s" / "parts").iterdir()) == parts


def test_a_run_made_again_says_that_it_is_the_same(remit, tmp_path):
    from ensembles import held

    remit("explore", SMALL, *FEW, "--into", "s")
    run = held(tmp_path / "s").question.run_id("today", 0, 0)
    said = remit("rerun", "s", run, "--events", "3")
    assert said.code == 0
    assert "the same to the last bit" in said.out
    assert "more events" in said.out
    assert json.loads(remit("rerun", "s", run, "--json").out)["same_as_stored"] is True


def test_what_is_no_store_and_what_is_no_shard_are_bad_input(remit):
    assert remit("runs", "nowhere").code == 2
    assert remit("explore", SMALL, *FEW, "--into", "s", "--shard", "9/4").code == 2
    remit("explore", SMALL, *FEW, "--into", "s")
    assert remit("rerun", "s", "zzz").code == 2


def test_another_question_is_not_put_into_the_same_store(remit):
    remit("explore", SMALL, *FEW, "--into", "s")
    said = remit("explore", SMALL, *FEW, "--into", "s", "--seed", "2")
    assert said.code == 2
    assert "ENS001" in said.err


def test_a_stopping_rule_is_reported_and_two_of_them_are_bad_input(remit):
    few = (
        "--replicates",
        "1",
        "--threads",
        "1",
        "--designs",
        "one_more",
        "--into",
        "s",
        "--scenarios",
        "128",
    )
    said = remit("explore", SMALL, *few, "--until", "30")
    assert said.code == 0, said.err
    assert "one_more" in said.out
    assert "64" in said.out
    assert remit("explore", SMALL, *few, "--until", "30", "--best", "1").code == 2
    assert remit("explore", SMALL, *few, "--until", "30", "--shard", "1/2").code == 2
    assert remit("explore", SMALL, *few, "--until", "30", "--on", "luck").code == 2


def test_a_store_is_sharpened_compacted_and_told(remit, tmp_path):
    few = ("--replicates", "1", "--threads", "1", "--designs", "one_more", "--into", "s", "--scenarios", "64")
    assert remit("explore", SMALL, *few).code == 0
    said = remit("sharpen", "s", "--prefer", "one_more", "--more", "8", "--threads", "1")
    assert said.code == 0, said.err
    assert json.loads(remit("runs", "s", "--json").out)["wanted"] == 2 * 72
    said = remit("runs", "s", "--compact")
    assert len(list((tmp_path / "s" / "parts").iterdir())) == 1
    assert "became 1" in said.err
    assert "Asked 2 times" in said.out
    assert remit("sharpen", "s", "--prefer", "nobody").code == 2


def test_the_end_can_be_read_as_json(remit):
    said = remit("explore", SMALL, *FEW, "--into", "s", "--json")
    assert json.loads(said.out)["done"] == {"today": 6, "one_more": 6}


def test_a_store_is_asked_from_any_folder(remit, tmp_path, monkeypatch):
    (tmp_path / "mine.yaml").write_text(SMALL.read_text("utf-8"), "utf-8")
    assert remit("explore", "mine.yaml", *FEW, "--into", "s").code == 0
    (tmp_path / "deeper").mkdir()
    monkeypatch.chdir(tmp_path / "deeper")
    assert remit("runs", tmp_path / "s").code == 0
