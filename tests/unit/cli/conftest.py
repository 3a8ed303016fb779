"""The command line in this process: what it exits with and says."""

import sys
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from remit.cli.main import main


@dataclass(frozen=True)
class Said:
    """How a command ended and what it wrote."""

    code: int
    out: str
    err: str


@pytest.fixture
def remit(monkeypatch, capsys, tmp_path) -> Callable[..., Said]:
    """Run a command line in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> Said:
        monkeypatch.setattr(sys, "argv", ["remit", *map(str, words)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ending:
            main()
        said = capsys.readouterr()
        return Said(int(ending.value.code or 0), said.out, said.err)

    return run
