from remit.report.charts import Table
from remit.report.drawn import drawn, shown_as
from remit.simulate.outcomes import outcomes_of


def test_a_picture_is_drawn_at_both_widths_with_its_table():
    widths = []

    def draw(width: float, prefix: str) -> str:
        widths.append(width)
        return f"<svg id='{prefix}'></svg>"

    table = Table(("Year",), (("1",),))
    picture = drawn("A title", "years", draw, table, "A note.")
    assert (picture.title, picture.table, picture.note) == ("A title", table, "A note.")
    assert len(set(widths)) == 2
    assert picture.html.count("<svg") == 2


def test_shares_are_drawn_as_per_cent():
    estate = outcomes_of("estate").by_id
    assert shown_as(estate["condition"]) == 100.0
    assert shown_as(estate["call"]) == 1.0
