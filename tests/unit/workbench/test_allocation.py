import pytest

from lots import lot_text, sha
from remit.adapters.files import read_text
from remit.adapters.register_file import append_line, read_bytes
from remit.ground.faults import Faults
from remit.workbench.allocation import enter_draw, enter_protocol, randomise, read_pilot, verify

WHEN = "2026-11-24T09:30:00Z"


@pytest.fixture
def pilot(tmp_path):
    def write(text=None):
        file = tmp_path / "pilot.yaml"
        file.write_text(text or lot_text())
        return read_pilot(file, read_text)

    return write


def enter(pilot, into, reason=""):
    return enter_protocol(pilot, into, reason, WHEN, read_bytes, append_line)


def test_remarks_do_not_change_the_digest_and_values_do(pilot):
    one = pilot()
    assert pilot("# a remark\n" + lot_text()).digest == one.digest
    assert pilot(lot_text(extra="alpha: 0.06\n")).digest != one.digest


def test_design_and_text_make_the_seed(pilot):
    drawn = randomise(pilot(), "  a  headline ")
    assert drawn.allocation.seed == sha(f"{drawn.pilot.digest}\na headline")
    assert drawn.event["allocation_digest"] == drawn.allocation.digest


@pytest.mark.parametrize(
    ("text", "seed_text", "code"),
    [
        (lot_text(), " \n ", "PIL106"),
        (lot_text("{}", design="its"), "x", "PIL103"),
        (lot_text("{method: constrained, covariates: [size]}"), "x", "PIL104"),
    ],
)
def test_what_cannot_be_drawn_is_a_fault(pilot, text, seed_text, code):
    with pytest.raises(Faults, match=code):
        randomise(pilot(text), seed_text)


def test_register_draw_amend_verify(pilot, tmp_path):
    into = tmp_path / "r.jsonl"
    first = pilot()
    with pytest.raises(Faults, match="PIL112"):
        enter_draw(randomise(first, "x"), into, WHEN, read_bytes, append_line)
    assert enter(first, into).is_new
    assert not enter(first, into).is_new
    drawn = randomise(first, "x")
    assert enter_draw(drawn, into, WHEN, read_bytes, append_line).said == "Randomised."
    assert not enter_draw(drawn, into, WHEN, read_bytes, append_line).is_new
    with pytest.raises(Faults, match="PIL113"):
        enter_draw(randomise(first, "y"), into, WHEN, read_bytes, append_line)
    second = pilot(lot_text(extra="alpha: 0.06\n"))
    with pytest.raises(Faults, match="PIL111"):
        enter(second, into)
    assert enter(second, into, "as the board asked").said == "Amended."
    assert [e.kind for e in verify(into, read_bytes).entries] == ["registered", "randomised", "amended"]


def test_running_again_mends_what_was_torn(pilot, tmp_path):
    into = tmp_path / "r.jsonl"
    enter(pilot(), into)
    whole = into.read_bytes()
    for cut in (1, len(whole) // 2, len(whole) - 1):
        into.write_bytes(whole[:cut])
        assert verify(into, read_bytes).torn
        found = enter(pilot(), into)
        assert found.torn
        assert len(found.register.entries) == 1
        assert not verify(into, read_bytes).torn


def test_no_register_is_a_fault(tmp_path):
    with pytest.raises(Faults, match="DOC001"):
        verify(tmp_path / "none", read_bytes)


def test_a_torn_end_is_told_where_nothing_is_to_be_written(pilot, tmp_path):
    into = tmp_path / "r.jsonl"
    enter(pilot(), into)
    into.write_bytes(into.read_bytes() + b'{"bo')
    found = enter(pilot(), into)
    assert not found.is_new
    assert "cut off" in found.said
