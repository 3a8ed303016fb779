import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chart_words import outside, overlaps, word_boxes
from remit.report.charts.pair_matrix import pair_matrix, pair_matrix_table
from remit.report.charts.tokens import PAPER, SEQUENTIAL, contrast

NAMES = ["Time", "Money", "Staff", "Assets", "Public sector role", "Ownership and organisation"] * 4
NAMES = [f"{name} {k}" for k, name in enumerate(NAMES)]
COUNTS = {(i, j): (i * 7 + j * 3) % 48 for i in range(24) for j in range(i) if (i + j) % 3 == 0}


def draw(names, counts, **other):
    return pair_matrix(names, counts, title="Rule out", **other)


def cells(examine, svg):
    return [e for e in examine(svg).findall(".//{*}rect") if e.find("{*}title") is not None]


def test_pairs_are_drawn_said_and_tabled(width, words, desc, examine):
    counts = {(1, 0): 12, (2, 3): 5, (4, 0): 0}
    svg = draw(NAMES[:5], counts, width=width, note="Over all options.")
    said = words(svg)
    for part in (
        "12",
        "5",
        "Time 0",
        "Public sector role 4",
        "Impossible pairs between",
        "Over all options.",
    ):
        assert part in said
    assert desc(svg) == (
        "Numbers for pairs of 5 settings, impossible pairs: 2 of 10 pairs have any, 17 in all. "
        "They are: Time 0 and Money 1: 12; Staff 2 and Assets 3: 5."
    )
    tips = [c.find("{*}title").text for c in cells(examine, svg)]
    assert tips == ["Time 0 and Money 1, impossible pairs: 12", "Staff 2 and Assets 3, impossible pairs: 5"]
    table = pair_matrix_table(NAMES[:5], counts)
    assert table.header == ("Setting", "Other setting", "Count")
    assert table.rows == (("Time 0", "Money 1", "12"), ("Staff 2", "Assets 3", "5"))


def test_the_table_goes_by_count_and_then_by_name():
    rows = pair_matrix_table(["b", "a", "c"], {(0, 1): 1, (1, 2): 1, (0, 2): 9}).rows
    assert rows == (("b", "c", "9"), ("a", "c", "1"), ("b", "a", "1"))


def test_twenty_four_settings_fit(width, words, examine):
    svg = draw(NAMES, COUNTS, width=width)
    said = words(svg)
    assert all(name in said for name in NAMES)
    found = cells(examine, svg)
    assert len(found) == sum(c > 0 for c in COUNTS.values())
    sizes = {(float(c.attrib["width"]), float(c.attrib["height"])) for c in found}
    assert all(wide == tall for wide, tall in sizes)
    assert not overlaps(svg)
    assert not outside(svg)


def test_a_wide_sheet_has_upright_names_and_a_narrow_one_numbers(examine):
    def turned(svg):
        return [
            e for e in examine(svg).findall(".//{*}text") if "rotate(-90)" in e.attrib.get("transform", "")
        ]

    assert len(turned(draw(NAMES, COUNTS))) == 23
    assert not turned(draw(NAMES, COUNTS, width=360))


@pytest.mark.parametrize("width", [720, 360])
def test_each_count_is_written_and_reads_well_on_its_cell(width, examine):
    svg = draw(NAMES, COUNTS, width=width)
    boxes = word_boxes(svg)
    writing = {e.text: e.attrib.get("fill", "#0b0c0c") for e in examine(svg).findall(".//{*}text")}
    for cell in cells(examine, svg):
        x, y, wide = (float(cell.attrib[k]) for k in ("x", "y", "width"))
        count = cell.find("{*}title").text.rsplit(" ", 1)[1]
        own = [
            s for s, b in boxes if x <= b.left and b.right <= x + wide and y <= b.top and b.bottom <= y + wide
        ]
        assert own == [count]
        if int(count) > 24:  # no row or column has this number
            assert contrast(writing[count], cell.attrib["fill"]) >= 4.5


def test_more_is_darker_so_that_grey_paper_shows_it_too(examine):
    found = cells(examine, draw(NAMES, COUNTS))
    by_count = sorted((int(c.find("{*}title").text.rsplit(" ", 1)[1]), c.attrib["fill"]) for c in found)
    depths = [contrast(fill, PAPER) for _, fill in by_count]
    assert depths == sorted(depths)
    assert {fill for _, fill in by_count} <= set(SEQUENTIAL)


@pytest.mark.parametrize("most", [1, 3, 7, 8, 9, 15, 70, 99, 1000, 10**9])
def test_classes_cover_every_count(most, width, words):
    said = words(draw(["a", "b", "c"], {(1, 0): 1, (2, 1): most}, width=width))
    assert f"{most:,}" in said


def test_where_numbers_are_too_wide_letters_stand_for_their_classes(words):
    said = words(draw(NAMES, {(k, 0): 90 * k for k in range(1, 24)}, width=360))
    assert "Letters: the numbers they stand for are these." in said
    assert "| a |" in said


@pytest.mark.parametrize("many", [30, 45, 80, 120])
def test_very_many_settings_are_drawn_without_words_on_one_another(many, width, words):
    names = [f"setting {k}" for k in range(many)]
    svg = draw(names, {(k, k - 1): k for k in range(1, many)}, width=width)
    said = words(svg)
    assert all(name in said for name in names)
    assert not overlaps(svg)
    assert not outside(svg)


@pytest.mark.parametrize("bad", [{(0, 0): 1}, {(0, 3): 1}, {(-1, 0): 1}, {(0, 1): -1}])
def test_a_pair_that_is_none_is_refused(bad):
    with pytest.raises(ValueError, match="two different settings"):
        draw(["a", "b", "c"], bad)
    with pytest.raises(ValueError, match="two different settings"):
        pair_matrix_table(["a", "b", "c"], bad)


def test_a_pair_may_come_both_ways_round_but_has_one_count():
    assert pair_matrix_table(["a", "b"], {(0, 1): 2, (1, 0): 2}).rows == (("a", "b", "2"),)
    with pytest.raises(ValueError, match="one count"):
        pair_matrix_table(["a", "b"], {(0, 1): 2, (1, 0): 3})


def test_nothing_to_show(width, words):
    assert "no settings were given" in words(draw([], {}, width=width))
    assert "a single setting has no pairs" in words(draw(["a"], {}, width=width))
    assert "no impossible pairs between them" in words(draw(["a", "b"], {(0, 1): 0}, width=width))
    assert pair_matrix_table([], {}).rows == ()


def test_two_settings(width, words):
    svg = draw(["a", "b"], {(0, 1): 1}, width=width)
    assert "Impossible pairs" in words(svg)
    assert not outside(svg)


def test_the_same_input_gives_the_same_picture(width):
    assert draw(NAMES, COUNTS, width=width) == draw(NAMES, dict(reversed(COUNTS.items())), width=width)


def test_awkward_names(awkward, width, examine):
    counts = {(1, 0): 3, (2, 1): 8}
    svg = pair_matrix([awkward] * 3, counts, title=awkward, note=awkward, most_label=awkward, width=width)
    examine(svg)
    assert not overlaps(svg)
    assert not outside(svg)


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 9), st.dictionaries(st.tuples(st.integers(0, 8), st.integers(0, 8)), st.integers(0, 9999))
)
def test_any_counts_can_be_drawn(many, counts):
    names = [f"setting {k}" for k in range(many)]
    pairs = {(i, j): c for (i, j), c in counts.items() if j < i < many}
    assert draw(names, pairs).startswith("<svg")
    assert len(pair_matrix_table(names, pairs).rows) == sum(c > 0 for c in pairs.values())
