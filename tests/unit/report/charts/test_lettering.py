from hypothesis import given
from hypothesis import strategies as st

from remit.report.charts.lettering import shorten, width_of, wrap


@given(st.text(max_size=200), st.floats(40.0, 400.0), st.integers(1, 4))
def test_wrapped_words_fit_and_nothing_is_lost_unsaid(said, room, most):
    block = wrap(said, room, most=most)
    assert 1 <= len(block.lines) <= most
    assert all(width_of(line) <= room + 1e-6 for line in block.lines)
    whole = " ".join(said.split())
    if not block.full:
        assert " ".join(block.lines) == whole
    else:
        assert block.full == whole


def test_short_words_are_left_alone():
    assert shorten("ten", 100.0).lines == ("ten",)
    assert shorten("ten", 100.0).full == ""


def test_wide_letters_take_more_room():
    assert width_of("急") > width_of("x")
    assert width_of("e\u0301") == width_of("e")
