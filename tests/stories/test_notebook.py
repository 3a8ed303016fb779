"""The worked notebook runs from top to bottom and says what it promises."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

NOTEBOOK = Path(__file__).parents[2] / "docs" / "notebooks" / "futures.py"


def test_the_worked_notebook_runs():
    pytest.importorskip("pandas")
    pytest.importorskip("xarray")
    said = subprocess.run(
        [sys.executable, NOTEBOOK],
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
        env=os.environ | {"FUTURES": "48"},
    )
    assert said.returncode == 0, said.stderr
    assert "192 of 192 runs" in said.stdout
    assert "When one_crew_more beats today" in said.stdout
    assert "Which design is safest" in said.stdout
