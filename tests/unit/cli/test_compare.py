import csv
import html
import json
import shlex
from dataclasses import replace
from pathlib import Path

import pytest

from remit import kernel, wiring
from remit.adapters.run_store import RunFolder
from remit.ensemble import runner
from remit.ground.faults import fail
from remit.simulate.family import family_of
from small_brief import SMALL, small_text

FEW = ("--scenarios", "3", "--replicates", "2", "--threads", "1")


def parts(folder):
    return list((folder / "parts").glob("*.parquet"))


def test_a_comparison_prints_and_leaves_runs_and_a_report(remit, tmp_path):
    said = remit("compare", SMALL, *FEW, "--out", "out")
    assert said.code == 0
    assert "Small town" in said.out
    assert "Survivors a year (lives a year)" in said.out
    out = tmp_path / "out"
    assert sorted(p.name for p in out.iterdir()) == [
        "parts",
        "question.json",
        "report.html",
        "runs.csv",
        "runs.parquet",
    ]
    assert len(parts(out)) == 3
    for name in ("report.html", "runs.csv", "runs.parquet"):
        assert f"out/{name}" in said.out
    assert "&lt;" not in (out / "report.html").read_text()[:200]


def test_without_a_folder_it_makes_one_named_by_the_question(remit, tmp_path):
    remit("compare", SMALL, *FEW)
    (made,) = (tmp_path / "remit-results").iterdir()
    digest = json.loads((made / "question.json").read_text())["digest"]
    assert made.name == f"small-town-{digest[:8]}"


def test_json_is_the_answer_and_nothing_else(remit, tmp_path):
    said = remit("compare", SMALL, *FEW, "--out", "out", "--json", "--designs", "neighbours,one_more")
    told = json.loads(said.out, parse_constant=pytest.fail)
    assert list(told["designs"]) == ["today", "neighbours", "one_more"]
    assert told["report"] == str(Path("out") / "report.html")
    assert Path(tmp_path, told["table"]).is_file()
    lines = Path(tmp_path, told["table"]).read_text().splitlines()
    rows = [r for r in csv.DictReader(lines) if r["group_kind"] == "all"]
    for design in told["designs"]:
        lives = [float(r["survivors"]) for r in rows if r["design"] == design]
        (row,) = (r for r in told["compared"] if (r["design"], r["outcome"]) == (design, "survivors"))
        assert row["value"] == pytest.approx(sum(lives) / len(lives))


@pytest.mark.parametrize(
    "turn", ["staff=1.1", "who_involved=public_staff+volunteers", "relationship=hierarchical"]
)
def test_a_turned_setting_is_compared(remit, turn):
    said = remit("compare", SMALL, *FEW, "--out", "out", "--set", turn, "--json")
    assert said.code == 0, said.err
    assert list(json.loads(said.out)["designs"]) == ["today", turn]


def test_names_of_designs_may_have_spaces_between(remit):
    said = remit("compare", SMALL, *FEW, "--out", "out", "--designs", " one_more , neighbours,", "--json")
    assert list(json.loads(said.out)["designs"]) == ["today", "one_more", "neighbours"]


def test_bad_input_writes_nothing(remit, tmp_path):
    (tmp_path / "bad.yaml").write_text(small_text(("  staff: 0.8\n", "  staff: lots\n")))
    for words in (
        ("bad.yaml",),
        ("nowhere",),
        (SMALL, "--designs", "x"),
        (SMALL, "--set", "x=1"),
        (SMALL, "--set", "relationship=open_network"),
        (SMALL, "--place", "nowhere"),
    ):
        said = remit("compare", *words, "--out", "out")
        assert said.code == 2, words
        assert "Nothing was run." in said.err
        assert not (tmp_path / "out").exists()
        assert not (tmp_path / "remit-results").exists()


def test_another_question_in_the_same_folder_is_refused(remit, tmp_path):
    assert remit("compare", SMALL, *FEW, "--out", "out").code == 0
    before = (tmp_path / "out" / "runs.csv").read_bytes()
    said = remit("compare", SMALL, *FEW, "--out", "out", "--seed", "2")
    assert said.code == 2
    assert "ENS001" in said.err
    assert (tmp_path / "out" / "runs.csv").read_bytes() == before


def interrupted(monkeypatch, n, ending):
    """The store of the next comparison ends it after ``n`` batches."""

    class Ending(RunFolder):
        def write(self, batch):
            if len(parts(self.folder)) >= n:
                raise ending
            super().write(batch)

    monkeypatch.setattr(wiring, "results_folder", Ending)


@pytest.mark.usefixtures("single_tasks")
@pytest.mark.parametrize("n", [2, 14])
def test_an_interrupt_tells_what_finished_and_the_same_command_goes_on(remit, tmp_path, monkeypatch, n):
    words = ("compare", SMALL, "--scenarios", "16", "--replicates", "1", "--threads", "1", "--out", "out")
    with monkeypatch.context() as patch:
        interrupted(patch, n, KeyboardInterrupt())
        said = remit(*words)
    assert said.code == 3
    assert "the same command goes on" in said.err
    assert len(parts(tmp_path / "out")) == n
    assert "Not complete." in (tmp_path / "out" / "report.html").read_text()
    assert remit(*words).code == 0
    assert "Not complete." not in (tmp_path / "out" / "report.html").read_text()
    whole = remit(*words[:-1], "whole")
    assert whole.code == 0
    assert (tmp_path / "out" / "runs.csv").read_bytes() == (tmp_path / "whole" / "runs.csv").read_bytes()


def test_an_interrupt_before_anything_finished_says_so(remit, monkeypatch):
    interrupted(monkeypatch, 0, KeyboardInterrupt())
    said = remit("compare", SMALL, *FEW, "--out", "out")
    assert said.code == 3
    assert "before any run finished" in said.err


def test_a_full_disk_while_running_keeps_what_finished(remit, tmp_path, monkeypatch):
    interrupted(monkeypatch, 1, fail("ENS002", "No space left on device"))
    said = remit("compare", SMALL, *FEW, "--out", "out")
    assert said.code == 3
    assert "ENS002" in said.err
    assert len(RunFolder(tmp_path / "out").read()) == 1


def test_a_full_disk_while_the_report_is_written_is_no_defect_of_ours(remit, monkeypatch):
    def full(path, text):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(wiring, "write_text", full)
    said = remit("compare", SMALL, *FEW, "--out", "out")
    assert said.code == 3
    assert "ENS002" in said.err
    assert "Traceback" not in said.err


def test_an_out_that_is_a_file_is_a_fault(remit, tmp_path):
    (tmp_path / "out").write_text("mine")
    said = remit("compare", SMALL, *FEW, "--out", "out")
    assert said.code in (2, 3)
    assert "ENS002" in said.err
    assert (tmp_path / "out").read_text() == "mine"


@pytest.fixture
def one_run_fails(monkeypatch):
    family = family_of("response")
    plain = family.lower

    def lower(design, today, brief, scenario, effects, catalogue):
        if scenario.number == 1 and design.id == "one_more":
            raise fail("MEC005", "12, allowed 0 to 10")
        return plain(design, today, brief, scenario, effects, catalogue)

    monkeypatch.setattr(runner, "family_of", lambda name: replace(family, lower=lower))


def test_failed_runs_end_with_three_and_are_told(remit, one_run_fails):
    said = remit("compare", SMALL, *FEW, "--out", "out", "--json")
    assert said.code == 3
    assert "MEC005" in json.loads(said.out)["failures"][0]


def test_a_reader_of_the_terminal_is_told_why_it_ended_with_three(remit, one_run_fails):
    said = remit("compare", SMALL, *FEW, "--out", "out")
    assert said.code == 3
    assert "MEC005" in said.out + said.err


def test_the_command_in_the_report_can_be_pasted(remit, tmp_path):
    words = ("compare", SMALL, *FEW, "--out", "my results")
    assert remit(*words).code == 0
    page = (tmp_path / "my results" / "report.html").read_text()
    command = html.unescape(page[page.index("<code>") + 6 : page.index("</code>")])
    assert shlex.split(command) == ["remit", *map(str, words)]


def test_the_first_run_on_a_machine_says_that_it_prepares(remit, monkeypatch):
    monkeypatch.setattr(kernel, "is_compiled", lambda family: False)
    said = remit("compare", SMALL, *FEW, "--out", "out")
    assert said.code == 0
    assert said.out.startswith("\nSmall town")


def test_precision_is_passed_on(remit):
    said = remit("compare", SMALL, "--scenarios", "2", "--precision", "1000", "--out", "out", "--json")
    assert json.loads(said.out)["stopped"].startswith("stopped at 4 replicates")
