import json

import pytest

from remit.cli import main as module
from remit.ground.faults import Fault, Faults, Place, fail
from small_brief import SMALL

COMMANDS = ("compare", "gallery", "show", "check", "trace", "init", "catalogue", "schema")


def test_help_names_every_command_and_how_it_ends(remit):
    for words in (("--help",), ("-h",)):
        said = remit(*words)
        assert said.code == 0
        for command in COMMANDS:
            assert f"\n  {command} " in said.out
        for ending in ("0 done", "1 the answer is no", "2 bad input", "3 interrupted", "4 a defect"):
            assert ending in said.out


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(remit, command):
    said = remit(command, "--help")
    assert said.code == 0
    assert f"remit {command} " in said.out.splitlines()[0]


def test_the_version_is_told(remit):
    from remit import __version__

    assert remit("--version").out == f"remit, version {__version__}\n"


@pytest.mark.parametrize(
    ("words", "near"),
    [
        ((), "compare"),
        (("compar", "x"), "compare"),
        (("compare",), "BRIEF"),
        (("compare", "x", "--designz", "y"), "--designs"),
        (("compare", "x", "--seed", "-1"), "--seed"),
        (("compare", "x", "--seed", "many"), "--seed"),
        (("compare", "x", "--scenarios", "0"), "--scenarios"),
        (("compare", "x", "--replicates", "0"), "--replicates"),
        (("compare", "x", "--precision", "0"), "--precision"),
        (("compare", "x", "--threads", "0"), "--threads"),
        (("show", "a", "b"), "b"),
        (("--nonsense",), "--nonsense"),
    ],
)
def test_a_wrong_command_line_is_bad_input(remit, words, near):
    said = remit(*words)
    assert said.code == 2
    assert near in said.err
    assert "Traceback" not in said.err


def raising(monkeypatch, error):
    def run(**_):
        raise error

    monkeypatch.setattr(module.cli, "main", run)


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (fail("BRF008", '"x"', fix="Did you mean y?"), 2, "1 fault. Nothing was run."),
        (Faults([Fault("BRF002", Place("f", i), "x") for i in (1, 2)]), 2, "2 faults. Nothing was run."),
        (fail("ENS001", "it holds another"), 2, "Choose another folder"),
        (fail("ENS002", "No space left on device"), 3, "What finished before is kept"),
        (KeyboardInterrupt(), 3, "Interrupted."),
        (ZeroDivisionError("division by zero"), 4, "This is a defect of Remit"),
    ],
)
def test_each_kind_of_ending_has_its_code(remit, monkeypatch, error, code, words):
    raising(monkeypatch, error)
    said = remit("gallery")
    assert said.code == code
    assert words in said.err
    assert ("Traceback" in said.err) == (code == 4)
    assert said.out == ""


def test_what_was_kept_is_not_called_nothing(remit, monkeypatch):
    raising(monkeypatch, fail("ENS002", "No space left on device"))
    assert "Nothing was run" not in remit("gallery").err


def test_faults_are_told_as_json_where_json_was_asked_for(remit):
    said = remit("compare", "cardiac-arest", "--json")
    assert said.code == 2
    (fault,) = json.loads(said.out)["faults"]
    assert set(fault) == {"code", "file", "line", "path", "what", "why", "fix"}
    assert (fault["code"], fault["fix"]) == ("BRF008", 'Did you mean "cardiac-arrest"?')


def test_a_reader_that_stops_reading_is_no_defect(remit, monkeypatch):
    raising(monkeypatch, BrokenPipeError())
    monkeypatch.setattr(module.sys, "stderr", type("Err", (), {"close": lambda s: None, "write": print})())
    assert remit("show", str(SMALL)).code == 0
