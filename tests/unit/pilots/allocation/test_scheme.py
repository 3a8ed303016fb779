import pytest

from remit.pilots.allocation.scheme import Scheme, Units, strata

UNITS = Units(
    tuple("abcdef"),
    {
        "area": ("n", "s", "n", "s", "n", "e"),
        "size": (1, 2, 3, 4, 5, 6.5),
        "kind": ("x", "y", "x", "y", "x", "y"),
        "band": (1, 2, 1, 2, 1, 2),
    },
)


def test_words_become_columns_of_their_own():
    names, values = UNITS.numbers(("area", "size", "kind"))
    assert names == ("area: e", "area: n", "area: s", "size", "kind: y")
    assert values[:, 1].tolist() == [1, 0, 1, 0, 1, 0]
    assert values[:, 3].tolist() == [1, 2, 3, 4, 5, 6.5]
    assert UNITS.numbers(())[1].shape == (6, 0)


def test_strata_follow_words_and_cut_numbers_at_the_median():
    assert strata(UNITS, ("area",)) == {"area e": [5], "area n": [0, 2, 4], "area s": [1, 3]}
    assert strata(UNITS, ("size",)) == {"size above 3.5": [3, 4, 5], "size up to 3.5": [0, 1, 2]}
    assert list(strata(UNITS, ("band", "kind"))) == ["band 1; kind x", "band 2; kind y"]
    assert strata(UNITS, ()) == {"all": [0, 1, 2, 3, 4, 5]}


@pytest.mark.parametrize(
    ("ratio", "n", "counts", "extra"),
    [
        ((1, 1), 8, (4, 4), ()),
        ((1, 1), 7, (3, 3), (0, 1)),
        ((2, 1), 9, (6, 3), ()),
        ((2, 1), 10, (7, 3), ()),
        ((1, 1, 1), 8, (2, 2, 2), (0, 1, 2)),
        ((3, 1), 2, (2, 0), ()),
        ((11, 9), 30, (17, 13), ()),
    ],
)
def test_labels_are_the_sizes_asked_for(ratio, n, counts, extra):
    scheme = Scheme("simple", tuple("abc"[: len(ratio)]), ratio)
    certain, drawn = scheme.labels(n)
    assert scheme.sizes(certain) == counts
    assert drawn == extra
