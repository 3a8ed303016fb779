import pytest

from remit.report.charts.drawing import Sheet
from remit.report.charts.markers import key_rows, marker
from remit.report.charts.tokens import MARKERS, stroke


@pytest.mark.parametrize("shape", MARKERS)
@pytest.mark.parametrize("hollow", [True, False])
def test_every_marker_can_be_drawn_and_none_is_like_another(shape, hollow, examine):
    def drawn(what):
        sheet = Sheet("T", "D.", width=720, id_prefix="m")
        marker(sheet, what, 50.0, 50.0, "#123456", hollow=hollow)
        sheet.reach(100.0)
        examine(sheet.svg())
        return sheet.svg()

    assert all(drawn(shape) != drawn(other) for other in MARKERS if other != shape)


def test_a_key_names_every_line(width, awkward, words):
    sheet = Sheet("T", "D.", width=width, id_prefix="k")
    key_rows(sheet, [(stroke(i), f"{i} {awkward}", "half within 3") for i in range(6)])
    said = words(sheet.svg())
    assert all(f"| {i}" in said for i in range(6))
    assert said.count("half within 3") == 6
