import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remit.report.charts.share_curves import Distribution, distributions, distributions_table

EDGES = (*(float(i) for i in range(31)), math.inf)


def bell(middle, name="one", wide=5.0):
    counts = tuple(math.exp(-(((e - middle) / wide) ** 2)) for e in EDGES[:-1])
    return Distribution(name, EDGES, counts)


def draw(series, **other):
    return distributions(series, title="How soon", x_label="Minutes", **other)


def test_the_two_times_are_drawn_said_and_tabled(width, words, desc):
    one = Distribution("As now", (0.0, 10.0, 20.0), (50.0, 50.0))
    svg = draw([one], width=width)
    assert "half within 10" in words(svg)
    assert "As now: half within 10, 9 in 10 within 18 minutes" in desc(svg)
    table = distributions_table([one])
    assert table.rows[0][:3] == ("As now", "10", "18")
    at = table.header.index("Share within 10 minutes")
    assert table.rows[0][at] == "50%"


def test_quantiles_beyond_the_last_known_edge_are_not_known(words):
    late = Distribution("late", (0.0, 10.0, math.inf), (1.0, 9.0))
    assert math.isnan(late.quantile(0.5))
    assert "fewer than half within the times counted" in words(draw([late]))


def test_nothing_to_show(width, words, desc):
    for series in ([], [Distribution("none", (), ())], [Distribution("none", (0.0, 1.0), (0.0,))]):
        svg = draw(series, width=width)
        assert "Nothing to show" in words(svg)
        assert "Nothing to show" in desc(svg)
    assert distributions_table([]).rows == ()


@pytest.mark.parametrize("bad", [math.nan, math.inf, -1.0])
def test_a_count_that_is_not_known_is_said_so(bad, words):
    svg = draw([bell(8.0), Distribution("odd", (0.0, 1.0, 2.0), (bad, 1.0))])
    assert "not known" in words(svg)


def test_edges_must_rise_and_match():
    with pytest.raises(ValueError, match="one edge more"):
        Distribution("a", (0.0, 1.0), (1.0, 2.0))
    with pytest.raises(ValueError, match="rise"):
        Distribution("a", (0.0, 0.0), (1.0,))


def test_six_series_with_awkward_names(width, awkward, examine):
    examine(draw([bell(6.0 + i, f"{awkward}{i}") for i in range(6)], width=width))
    one = [bell(6.0, awkward)]
    examine(distributions(one, title=awkward, x_label=awkward, unit=awkward, y_label=awkward, width=width))


def test_the_same_curve_six_times(width, examine):
    examine(draw([bell(9.0, f"design {i}") for i in range(6)], width=width))


def test_one_bin_and_odd_sizes(width, examine):
    for scale in (1e-9, 1.0, 1e15):
        examine(draw([Distribution("one", (3.0 * scale, 4.0 * scale), (1e-12,))], width=width))
    examine(draw([bell(5.0)], x_max=math.nan, width=width))
    examine(draw([bell(5.0)], x_max=2.0, width=width))


def test_each_series_has_its_dash(examine):
    svg = draw([bell(5.0, "a"), bell(12.0, "b")])
    assert 'stroke-dasharray="9 4"' in svg


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(0.0, 1e6), min_size=1, max_size=40), st.floats(-50.0, 50.0), st.floats(0.01, 1e4))
def test_any_counts_can_be_drawn_and_shares_rise(counts, start, step):
    edges = tuple(start + step * i for i in range(len(counts) + 1))
    one = Distribution("any", edges, tuple(counts))
    draw([one])
    if one.drawable:
        shares = [r for _, r in one.curve()]
        assert shares == sorted(shares)
        assert one.quantile(0.5) <= one.quantile(0.9)
    assert len(distributions_table([one]).rows[0]) == len(distributions_table([one]).header)
