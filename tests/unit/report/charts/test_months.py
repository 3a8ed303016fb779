import pytest

from remit.report.charts.drawing import Sheet
from remit.report.charts.months import calendar, write_months
from remit.report.charts.ticks import Scale


def test_a_missing_month_leaves_its_room():
    months = calendar([("2026-01", "2026-04")])
    assert months.at("2026-04") - months.at("2026-01") == 3.0


def test_words_that_are_no_months_keep_their_order():
    months = calendar([("spring", "autumn"), ("winter",)])
    assert months.names == ("spring", "autumn", "winter")
    assert not months.dated


def test_no_months():
    assert calendar([]).length == 0.0


@pytest.mark.parametrize("n", [1, 12, 240])
def test_months_are_written_as_room_allows(n, width, words):
    names = tuple(f"{2020 + m // 12}-{m % 12 + 1:02d}" for m in range(n))
    sheet = Sheet("T", "D.", width=width, id_prefix="m")
    write_months(sheet, calendar([names]), Scale(0.0, max(1.0, n - 1.0), 50.0, width - 60.0), 200.0, "Month")
    said = words(sheet.svg())
    assert "Jan" in said
    assert "2020" in said
