"""Reference pages are generated, and the ones in the repository are those the generator writes."""

import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = runpy.run_path(str(ROOT / "docs" / "generate.py"))["pages"]()


@pytest.mark.parametrize("name", sorted(PAGES))
def test_page_is_current(name):
    assert (ROOT / "docs" / "reference" / name).read_text() == PAGES[name], "run: python docs/generate.py"
