from remit.report.charts.curve_names import name_curves
from remit.report.charts.drawing import Sheet
from remit.report.charts.spacing import Box, Crowd
from remit.report.charts.tokens import stroke


def named(curves, words):
    sheet = Sheet("T", "D.", width=720, id_prefix="n", heading=False)
    ground = Box(50.0, 20.0, 700.0, 300.0)
    crowd = Crowd(ground)
    for points in curves:
        crowd.take_path(points)
    name_curves(sheet, [(stroke(i), f"curve {i}", p) for i, p in enumerate(curves)], crowd, ground)
    sheet.reach(320.0)
    return words(sheet.svg())


def slope(x):
    return [(x + 10.0 * k, 300.0 - 28.0 * k) for k in range(11)]


def test_curves_far_apart_are_all_named(words):
    said = named([slope(80.0), slope(300.0), slope(500.0)], words)
    assert all(f"curve {i}" in said for i in range(3))


def test_a_curve_between_close_neighbours_is_tied_to_its_name(words):
    said = named([slope(200.0), slope(230.0), slope(260.0)], words)
    assert "curve 1" in said


def test_the_same_curve_twice_bears_both_names(words):
    said = named([slope(300.0), slope(300.0)], words)
    assert "curve 0" in said
    assert "curve 1" in said
