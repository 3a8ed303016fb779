import pytest

from remit.ground.faults import Faults
from remit.pilots.register.chain import Register, changed_keys, next_event, next_protocol, read_register
from remit.pilots.register.entry import FIRST, Entry, protocol_digest

WHEN = "2026-11-24T09:30:00Z"
ONE = {"alpha": 0.05, "stopping": "two incidents"}
TWO = {"alpha": 0.01, "stopping": "two incidents"}


def written(*entries):
    return "".join(e.line + "\n" for e in entries).encode()


def three():
    register = read_register(b"", "r")
    entries = []
    first = next_protocol(register, "p", ONE, WHEN, "").entry
    entries.append(first)
    register = read_register(written(*entries), "r")
    event = {"seed": "s", "text": "t"}
    entries.append(next_event(register, "randomised", "p", protocol_digest(ONE), event, WHEN).entry)
    register = read_register(written(*entries), "r")
    entries.append(next_protocol(register, "p", TWO, WHEN, "a slip").entry)
    return entries


def code_of(data):
    with pytest.raises(Faults) as told:
        read_register(data, "r.jsonl")
    return told.value.faults[0]


def test_entries_are_chained():
    entries = three()
    register = read_register(written(*entries), "r")
    assert [e.kind for e in register.entries] == ["registered", "randomised", "amended"]
    assert [e.previous for e in register.entries] == [FIRST, entries[0].hash, entries[1].hash]
    assert register.head == entries[2].hash
    assert register.entries[2].body["changed"] == ["alpha"]
    assert register.entries[2].body["after"] == ["randomised"]


def test_the_same_protocol_twice_writes_nothing():
    register = read_register(written(three()[0]), "r")
    step = next_protocol(register, "p", dict(reversed(ONE.items())), WHEN, "")
    assert step.entry is None
    assert "Unchanged" in step.said


def test_an_amendment_needs_a_reason():
    register = read_register(written(three()[0]), "r")
    for reason in ("", "  "):
        with pytest.raises(Faults, match="PIL111"):
            next_protocol(register, "p", TWO, WHEN, reason)
    assert next_protocol(register, "q", TWO, WHEN, "").entry.kind == "registered"  # another pilot's


def test_what_is_drawn_is_what_was_registered_and_once():
    entries = three()
    register = read_register(written(*entries[:2]), "r")
    with pytest.raises(Faults, match="PIL112"):
        next_event(register, "randomised", "p", protocol_digest(TWO), {"seed": "s"}, WHEN)
    with pytest.raises(Faults, match="not registered"):
        next_event(register, "randomised", "q", protocol_digest(TWO), {"seed": "s"}, WHEN)
    with pytest.raises(Faults, match="PIL113"):
        next_event(register, "randomised", "p", protocol_digest(ONE), {"seed": "other"}, WHEN)
    assert next_event(register, "randomised", "p", protocol_digest(ONE), {"seed": "s"}, WHEN).entry is None
    assert (
        next_event(register, "analysed", "p", protocol_digest(ONE), {"p": 0.03}, WHEN).entry.kind
        == "analysed"
    )


def test_an_amended_pilot_is_not_drawn_again():
    register = read_register(written(*three()), "r")
    with pytest.raises(Faults, match="PIL113"):
        next_event(register, "randomised", "p", protocol_digest(TWO), {"seed": "new"}, WHEN)


def test_a_changed_word_is_named_with_line_and_both_hashes():
    entries = three()
    data = written(*entries).replace(b'"text":"t"', b'"text":"u"')
    fault = code_of(data)
    assert (fault.code, fault.place.line) == ("PIL110", 2)
    assert entries[1].hash in fault.what


def test_a_line_mended_to_fit_breaks_the_next_link():
    entries = three()
    forged = Entry("registered", "p", WHEN, protocol_digest(TWO), {"protocol": TWO}, FIRST)
    fault = code_of(written(forged, *entries[1:]))
    assert fault.place.line == 2
    assert forged.hash in fault.what
    assert entries[0].hash in fault.what


@pytest.mark.parametrize("order", [(1, 0, 2), (0, 2), (1, 2), (0, 0, 1), (0, 1, 1, 2)])
def test_lines_cannot_be_moved_dropped_or_doubled(order):
    entries = three()
    assert code_of(written(*(entries[i] for i in order))).code == "PIL110"


def test_a_torn_line_is_told_and_the_next_entry_keeps_it():
    entries = three()
    whole = written(*entries[:2])
    register = read_register(whole + entries[2].line[:50].encode(), "r")
    assert register.torn == entries[2].line[:50]
    assert (len(register.entries), register.size) == (2, len(whole))
    again = next_protocol(register, "p", TWO, WHEN, "a slip").entry
    assert again.body["mended"] == entries[2].line[:50]


def test_lines_off_the_end_show_in_the_last_hash_only():
    entries = three()
    short = read_register(written(*entries[:2]), "r")
    assert short.head != read_register(written(*entries), "r").head


@pytest.mark.parametrize("junk", [b"\n", b"hello\n", b"\xff\n", b"{}\n", b"\xef\xbb\xbf"])
def test_anything_else_in_it_is_a_broken_link(junk):
    assert code_of(junk + written(*three())).code == "PIL110"


def test_an_empty_register_has_no_head_of_its_own():
    assert Register("r", (), 0).head == FIRST
    assert Register("r", (), 0).protocol_of("p") is None


def test_keys_that_differ():
    assert changed_keys(ONE, TWO) == ["alpha"]
    assert changed_keys(None, TWO) == []
