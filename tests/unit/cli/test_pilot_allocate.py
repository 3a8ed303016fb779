import csv
import hashlib
import json

import click
import pytest
from click.testing import CliRunner

from lots import lot_text
from pages import read_page
from remit.cli.pilot_allocate import check_register, randomise, register
from remit.ground.faults import Faults

TEXT = "Lotto 28 November 2026: 3 11 17"
GROUP = click.Group(commands={str(c.name): c for c in (randomise, register, check_register)})


@pytest.fixture
def pilot(tmp_path, monkeypatch):
    """Run a command in a folder with a design file, and return what it said."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("remit.wiring.utc_now", lambda: "2026-11-24T09:30:00Z")
    (tmp_path / "p.yaml").write_text(lot_text())

    def run(*words):
        found = CliRunner().invoke(GROUP, list(words), standalone_mode=False)
        if found.exception is not None:
            raise found.exception
        return found.output

    return run


def test_the_draw_is_told_and_written(pilot, tmp_path):
    said = pilot("randomise", "p.yaml", "--seed-from", TEXT, "--out", "a.csv")
    assert "To repeat it without Remit" in said
    assert 'Group "all", units: t1, t2' in said
    with open(tmp_path / "a.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [r["id"] for r in rows] == [f"t{i}" for i in range(1, 9)]
    plain = json.loads(pilot("randomise", "p.yaml", "--seed-from", f"  {TEXT} ", "--json"))
    assert [(r["id"], r["arm"]) for r in rows] == [(a["unit"], a["arm"]) for a in plain["allocation"]]


def test_another_text_gives_another_draw(pilot):
    draws = {pilot("randomise", "p.yaml", "--seed-from", str(i)).split("\n")[1] for i in range(6)}
    assert len(draws) > 1


def test_a_wedge_is_written_with_its_steps(pilot, tmp_path):
    (tmp_path / "w.yaml").write_text(lot_text("{method: stepped_wedge, steps: 4}", design="stepped_wedge"))
    pilot("randomise", "w.yaml", "--seed-from", TEXT, "--out", "w.csv")
    assert (tmp_path / "w.csv").read_text().startswith("id,step,group\nt1,step ")


def test_register_then_draw_then_verify(pilot, tmp_path):
    said = pilot("register", "p.yaml")
    assert said.startswith("Registered.")
    page = read_page((tmp_path / "evening-visits.html").read_text())
    assert "2026-11-24T09:30:00Z" in page.words
    assert "Unchanged" in pilot("register", "p.yaml")
    drawn = json.loads(
        pilot("randomise", "p.yaml", "--seed-from", TEXT, "--into", "register.jsonl", "--json")
    )
    assert drawn["register"]["said"] == "Randomised."
    checked = json.loads(pilot("check-register", "register.jsonl", "--json"))
    assert checked["last_hash"] == drawn["register"]["last_hash"]
    assert "2 entries, every link holds" in pilot("check-register", "register.jsonl")
    # the design's digest is that of the protocol as the register holds it
    protocol = checked["entries"][0]["body"]["protocol"]
    text = json.dumps(protocol, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert hashlib.sha256(text.encode()).hexdigest() == drawn["design_digest"]


def test_a_change_by_hand_is_named(pilot, tmp_path):
    pilot("register", "p.yaml", "--into", "r.jsonl", "--page", "here.html")
    file = tmp_path / "r.jsonl"
    file.write_text(file.read_text().replace("Two serious", "Ten serious"))
    with pytest.raises(Faults, match=r"PIL110 r\.jsonl:1"):
        pilot("check-register", "r.jsonl")
    with pytest.raises(Faults, match="PIL110"):
        pilot("register", "p.yaml", "--into", "r.jsonl")


def test_amending_and_mending(pilot, tmp_path):
    pilot("register", "p.yaml", "--into", "r.jsonl")
    (tmp_path / "p.yaml").write_text(lot_text(extra="alpha: 0.06\n"))
    with pytest.raises(Faults, match="PIL111"):
        pilot("register", "p.yaml", "--into", "r.jsonl")
    file = tmp_path / "r.jsonl"
    file.write_bytes(file.read_bytes() + b'{"body":{"pro')
    assert "cut off" in pilot("check-register", "r.jsonl")
    said = pilot("register", "p.yaml", "--into", "r.jsonl", "--reason", "The board asked")
    assert "that is mended" in said
    assert "Amended." in said
    assert "2 entries, every link holds" in pilot("check-register", "r.jsonl")
    told = json.loads(pilot("register", "p.yaml", "--into", "r.jsonl", "--json"))
    assert told["written"] is False


def test_a_page_that_cannot_be_written_is_a_fault(pilot, tmp_path):
    with pytest.raises(Faults, match="DOC011"):
        pilot("register", "p.yaml", "--page", str(tmp_path))
