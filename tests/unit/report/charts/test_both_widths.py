import xml.etree.ElementTree as ET

from remit.report.charts import STYLESHEET, IntervalRow, both_widths, intervals


def test_both_pictures_have_their_own_ids():
    def draw(width, prefix):
        return intervals(
            [IntervalRow("a", 1.0, 0.0, 2.0)], title="T", x_label="x", width=width, id_prefix=prefix
        )

    html = ET.fromstring(f"<main>{both_widths(draw, 'cost')}</main>")
    ids = [e.attrib["id"] for e in html.iter() if "id" in e.attrib]
    assert len(ids) == len(set(ids)) == 4
    boxes = [e.attrib["viewBox"].split()[2] for e in html.iter() if "viewBox" in e.attrib]
    assert boxes == ["720", "360"]


def test_the_stylesheet_shows_one_of_the_two_at_a_time():
    assert STYLESHEET.count("{") == STYLESHEET.count("}")
    assert "@media print" in STYLESHEET
