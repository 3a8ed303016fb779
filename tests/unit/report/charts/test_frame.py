import pytest

from remit.report.charts.drawing import Sheet
from remit.report.charts.frame import across, draw_across, draw_up, name_across, name_up, room_up, upright


@pytest.mark.parametrize(
    ("low", "high"), [(0.0, 1.0), (-1e9, 1e9), (1e-7, 3e-7), (123456.0, 123457.0), (0.0, 0.0)]
)
def test_axes_are_named_and_stay_inside(low, high, width, awkward, examine):
    sheet = Sheet("T", "D.", width=width, id_prefix="f")
    name_up(sheet, awkward)
    up = upright(low, high, 300.0, 120.0)
    level = across(low, high, 8.0 + room_up(up), width - 20.0, unit="£")
    draw_across(sheet, level, 120.0, 300.0, strong=0.0)
    draw_up(sheet, up, level.scale.start, level.scale.end)
    name_across(sheet, level, 300.0, awkward)
    examine(sheet.svg())


def test_a_narrow_axis_has_fewer_ticks():
    assert len(across(0.0, 6000.0, 0.0, 150.0).ticks) < len(across(0.0, 6000.0, 0.0, 600.0).ticks)
