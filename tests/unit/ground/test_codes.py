import re
from pathlib import Path

import remit
from remit.ground.codes import CODES

SOURCES = Path(remit.__file__).parent
WRITTEN = re.compile(r'"([A-Z]{3}\d{3})"')


def codes_in_the_code() -> set[str]:
    files = (p for p in SOURCES.rglob("*.py") if not p.name.endswith("codes.py"))
    return {code for p in files for code in WRITTEN.findall(p.read_text("utf-8"))}


def test_a_code_is_three_letters_and_three_digits():
    assert all(re.fullmatch(r"[A-Z]{3}\d{3}", code) for code in CODES)


def test_no_code_is_written_twice_in_the_table():
    tables = (SOURCES / "ground").glob("*codes.py")
    assert sum(len(WRITTEN.findall(p.read_text("utf-8"))) for p in tables) == len(CODES)


def test_every_code_has_a_title():
    assert all(meaning.title for meaning in CODES.values())


def test_every_code_that_is_raised_has_a_meaning():
    assert codes_in_the_code() <= set(CODES)


def test_explanations_are_sentences():
    said = [text for m in CODES.values() for text in (m.why, m.fix) if text and "remit " not in text]
    assert all(text[0].isupper() or text[0] in "l" for text in said)
    assert all(text.endswith((".", "}.")) for text in said)
