"""The house: floors, names, sizes and first lines, read from the code itself."""

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from remit.catalogue.catalogue import load_catalogue
from remit.ground.codes import CODES

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src" / "remit"
FILES = sorted(SRC.rglob("*.py"))
MOST_LINES = 400
MOST_FUNCTION_LINES = 50
MOST_LOOP_LINES = 90  # the event loop, whose phases are listed in its module's docstring
# numbers of lines that tests do not mirror: a face or a table of names
WITHOUT_UNIT_TEST = {"__init__.py", "__main__.py"}


def test_floors_hold():
    linter = shutil.which("lint-imports") or str(Path(sys.executable).parent / "lint-imports")
    run = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_no_python_file_names_an_option_or_a_model():
    catalogue = load_catalogue()
    names = set(catalogue.archetypes) | {o for v in catalogue.variables.values() for o in v.options}
    common_words = {"online", "home", "grants", "unpaid", "members", "businesses", "charities"}
    common_words |= {"volunteers", "crowdfunding"}  # an outcome, and a stream of income
    found = []
    for path in FILES:
        words = (n for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.Constant))
        told = (n for n in words if isinstance(n.value, str) and n.value in names - common_words)
        found += [f"{path.name}:{n.lineno} {n.value!r}" for n in told]
    assert not found


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SRC)))
def test_a_file_is_one_idea(path):
    text = path.read_text()
    assert len(text.splitlines()) <= MOST_LINES
    if text.strip():
        assert ast.get_docstring(ast.parse(text)), "the first line says what the room is"


def test_functions_are_short():
    long = []
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef):
                length = (node.end_lineno or 0) - node.lineno + 1
                docs = len((ast.get_docstring(node, clean=False) or "").splitlines())
                limit = MOST_LOOP_LINES if node.name == "respond" else MOST_FUNCTION_LINES
                long += [f"{path.name}:{node.lineno} {node.name} {length - docs}"] * (length - docs > limit)
    assert not long


def test_unit_tests_mirror_the_house():
    tests = {p.relative_to(ROOT / "tests" / "unit") for p in (ROOT / "tests" / "unit").rglob("test_*.py")}
    missing = []
    for path in FILES:
        inner = path.relative_to(SRC)
        if path.name in WITHOUT_UNIT_TEST:
            continue
        missing += [str(inner)] * (inner.with_name(f"test_{inner.name}") not in tests)
    assert not missing


def test_every_fault_code_is_explained_and_used():
    raised = set()
    for path in FILES:
        if not path.name.endswith("codes.py"):
            raised |= set(re.findall(r'"([A-Z]{3}\d{3})"', path.read_text()))
    assert raised - set(CODES) == set(), "raised but not in the table"
    assert set(CODES) - raised == set(), "in the table but never raised"


def test_no_path_of_a_machine_is_written_down():
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.split()
    paths = [ROOT / p for p in listed] or FILES
    pattern = re.compile(r"/(?:work|farm|root|tmp/w)/[a-z]")
    found = [
        f"{p.relative_to(ROOT)}: {m.group()}"
        for p in paths
        if p.is_file() and p.suffix in {".py", ".md", ".yaml", ".toml", ".html", ""} and p != Path(__file__)
        for m in [pattern.search(p.read_text(errors="ignore"))]
        if m
    ]
    assert not found
