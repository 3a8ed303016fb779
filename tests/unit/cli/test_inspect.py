import json

import pytest

from remit import wiring
from shared_data import shared_file
from small_brief import SMALL, small_text


def test_the_gallery_is_listed_one_line_each(remit):
    said = remit("gallery")
    assert said.code == 0
    lines = said.out.splitlines()
    assert any(line.startswith("cardiac-arrest  ") for line in lines)
    assert "remit show NAME" in said.err
    told = json.loads(remit("gallery", "--json").out)
    assert [b["id"] for b in told] == [line.split()[0] for line in lines]
    assert all(b["title"] and b["place"] for b in told)


def test_a_brief_is_shown(remit):
    said = remit("show", "cardiac-arrest")
    assert said.code == 0
    for words in ("Must not be used for", "Place: London Borough of Lewisham", "Sources", "Designs"):
        assert words in said.out
    told = json.loads(remit("show", SMALL, "--json").out, parse_constant=pytest.fail)
    assert told["id"] == "small-town"


def test_a_brief_is_shown_in_another_place(remit):
    said = remit("show", "cardiac-arrest", "--place", shared_file("data/geo_trafford"))
    assert said.code == 0
    assert "Place: Trafford" in said.out


def test_a_sound_file_is_ok(remit):
    said = remit("check", SMALL)
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("ok: brief small-town: ")
    told = json.loads(remit("check", SMALL, "--json").out)
    assert told["ok"] is True
    assert told["faults"] == []


def test_a_brief_that_comes_with_remit_is_checked_by_its_name(remit):
    said = remit("check", "home-care")
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("ok: brief home-care: ")


def test_every_fault_of_a_file_is_told_and_nothing_else(remit, tmp_path):
    text = small_text(("36, unit: km_per_hour", "36, unit: km_per_our"), ("  staff: 0.8\n", "  stff: 0.8\n"))
    (tmp_path / "bad.yaml").write_text(text)
    said = remit("check", "bad.yaml")
    assert said.code == 2
    assert said.out == ""
    for code in ("QTY001 bad.yaml:", "DSN001 bad.yaml:", "DSN004 bad.yaml:"):
        assert code in said.err
    assert "3 faults." in said.err


def test_json_has_one_shape_for_good_and_bad(remit, tmp_path):
    (tmp_path / "bad.yaml").write_text("a: 1\n")
    good, bad = (json.loads(remit("check", f, "--json").out) for f in (SMALL, "bad.yaml"))
    assert bad["faults"]
    assert bad["ok"] is False
    assert set(bad) <= set(good)


def test_a_number_is_traced(remit):
    said = remit("trace", SMALL, "one_more", "crews.number")
    assert said.code == 0
    assert said.out.startswith("crews.number = ")
    assert "2. staff 0.8 to " in said.out
    told = json.loads(remit("trace", SMALL, "one_more", "crews.number", "--json").out)
    assert told["steps"][0]["what"] == "brief"


@pytest.mark.parametrize(
    "parameter", ["kinds.arrest.patience_minutes", "crews.number", "alert.density_per_km2"]
)
def test_what_is_traced_is_strict_json(remit, parameter):
    said = remit("trace", SMALL, "neighbours", parameter, "--json")
    assert json.loads(said.out, parse_constant=pytest.fail)["parameter"] == parameter


@pytest.mark.parametrize(
    ("words", "near"),
    [
        (("trace", SMALL, "neighbour", "crews.number"), "neighbours"),
        (("trace", SMALL, "today", "crew.number"), "crews.number"),
        (("show", "cardiac-arest"), "cardiac-arrest"),
        (("show", "x" * 300), "BRF008"),
        (("check", "nowhere.yaml"), "DOC001"),
        (("check", "."), "DOC001"),
    ],
)
def test_an_unknown_name_is_bad_input(remit, words, near):
    said = remit(*words)
    assert said.code == 2
    assert near in said.err


def test_a_starter_is_written_and_is_a_sound_brief(remit, tmp_path):
    said = remit("init", "mine.yaml")
    assert said.code == 0
    assert "remit check mine.yaml" in said.out
    assert remit("check", "mine.yaml").code == 0
    text = (tmp_path / "mine.yaml").read_text()
    assert text.count("#") > 10


def test_a_starter_overwrites_nothing(remit, tmp_path):
    (tmp_path / "mine.yaml").write_text("mine")
    said = remit("init", "mine.yaml")
    assert said.code == 2
    assert "CLI001" in said.err
    assert (tmp_path / "mine.yaml").read_text() == "mine"


def test_a_starter_that_cannot_be_written_is_no_defect_of_ours(remit, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("in the way")
    said = remit("init", "file/mine.yaml")
    assert said.code in (2, 3)
    assert "Traceback" not in said.err

    def full(path, text):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(wiring, "write_text", full)
    said = remit("init", "mine.yaml")
    assert said.code in (2, 3)
    assert "No space left" in said.err


def test_the_schema_is_a_json_schema(remit):
    told = json.loads(remit("schema").out)
    assert told["$schema"].startswith("https://json-schema.org/")
    assert {"remit", "id", "not_for", "today", "designs"} <= set(told["required"])
    assert "scene_minutes" in told["$defs"]["KindIn"]["properties"]["numbers"]["properties"]


def test_many_faults_are_not_poured_out(remit, tmp_path):
    # a two megabyte slip must not become a hundred thousand lines
    (tmp_path / "bad.yaml").write_text("\n".join(f"k{i}: 1" for i in range(20_000)))
    said = remit("check", "bad.yaml")
    assert said.code == 2
    assert len(said.err) < 200_000
    assert "20,0" in said.err or "200" in said.err, "how many there are"


def test_a_brief_is_printed_as_it_is_written_to_begin_from(remit, tmp_path):
    said = remit("show", "home-care", "--yaml")
    mine = tmp_path / "mine.yaml"
    mine.write_text(said.out, "utf-8")
    assert remit("check", mine).code == 0
