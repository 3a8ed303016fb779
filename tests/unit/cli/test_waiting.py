import io
import sys

import pytest

from remit.cli.waiting import waiting


class Screen(io.StringIO):
    """The error stream of a terminal."""

    def isatty(self):
        return True


@pytest.fixture
def terminal(monkeypatch):
    """Give a function that makes the error stream a terminal; or not, if told so."""
    monkeypatch.setenv("TERM", "xterm")
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_INTERACTIVE", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)

    def put(screen=Screen):
        shown = screen()
        monkeypatch.setattr(sys, "stderr", shown)
        return shown

    return put


def test_on_a_terminal_it_says_what_goes_on_and_leaves_the_answer_alone(terminal, capsys):
    shown = terminal()
    with waiting("Counting designs") as told:
        told("Counting designs: half of them")
    print("42")
    assert "Counting designs: half of them ..." in shown.getvalue()
    assert capsys.readouterr().out == "42\n"


def test_away_from_a_terminal_it_says_nothing(terminal, capsys):
    shown = terminal(io.StringIO)
    with waiting("Counting designs") as told:
        told("half of them")
    assert shown.getvalue() == ""
    assert capsys.readouterr().out == ""


def test_what_goes_wrong_meanwhile_is_passed_on_and_the_cursor_comes_back(terminal):
    shown = terminal()
    with pytest.raises(KeyboardInterrupt), waiting("Counting designs"):
        raise KeyboardInterrupt
    hidden, back = "\x1b[?25l", "\x1b[?25h"
    assert shown.getvalue().count(hidden) == shown.getvalue().count(back) == 1
