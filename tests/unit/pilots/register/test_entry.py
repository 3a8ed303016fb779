import hashlib
import json

import pytest

from remit.pilots.register.entry import FIRST, Entry, parse_entry, protocol_digest, steady

ENTRY = Entry("registered", "p", "2026-11-24T09:30:00Z", "d" * 64, {"alpha": 0.05, "n": 3.0}, FIRST)


def test_the_hash_is_of_the_line_without_it():
    raw = json.loads(ENTRY.line)
    claimed = raw.pop("hash")
    text = json.dumps(raw, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert claimed == ENTRY.hash == hashlib.sha256(text.encode()).hexdigest()


def test_a_line_comes_back_as_the_entry():
    parsed = parse_entry(ENTRY.line)
    assert parsed is not None
    assert parsed[0].line == ENTRY.line
    assert parsed[1] == ENTRY.hash


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (0.1, "0.1"),
        (1e-7, "0.0000001"),
        (2.0, 2),
        (-0.0, 0),
        (2**60, str(2**60)),
        (True, True),
        (None, None),
        ("e\u0301", "\u00e9"),
        ((1, 2.5), [1, "2.5"]),
    ],
)
def test_numbers_have_one_way_to_be_written(value, kept):
    found = steady(value)
    assert found == kept
    assert type(found) is type(kept)


def test_the_order_of_keys_does_not_count_and_values_do():
    assert protocol_digest({"a": 1, "b": 2.0}) == protocol_digest({"b": 2, "a": 1})
    assert protocol_digest({"a": 1}) != protocol_digest({"a": 1.5})
    with pytest.raises(TypeError, match="plain"):
        steady(object())


NOT_ENTRIES = ["", "[]", "{", "NaN", "{}", ENTRY.line.replace('"p"', "3"), "[" * 9_999]
NOT_ENTRIES += [ENTRY.line.replace('"registered"', '"undone"')]


@pytest.mark.parametrize("text", NOT_ENTRIES, ids=range(len(NOT_ENTRIES)))
def test_what_is_no_entry_is_none(text):
    assert parse_entry(text) is None
