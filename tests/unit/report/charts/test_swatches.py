from chart_words import outside, overlaps
from remit.report.charts.drawing import Sheet
from remit.report.charts.swatches import SAMPLE_TALL, SAMPLE_WIDE, write_swatches


def key(width, meanings):
    sheet = Sheet("T", "D.", width=width, id_prefix="k")

    def draw(x, y):
        sheet.mark("rect", x=x, y=y, width=SAMPLE_WIDE, height=SAMPLE_TALL, fill="#123456")

    write_swatches(sheet, [(draw, m) for m in meanings])
    return sheet.svg()


def test_every_sample_has_its_meaning_and_none_lies_on_another(width, words, count):
    svg = key(width, [f"meaning number {i}" for i in range(9)])
    assert all(f"meaning number {i}" in words(svg) for i in range(9))
    assert count(svg, "rect") == 10
    assert not overlaps(svg)
    assert not outside(svg)


def test_short_meanings_share_a_line_and_long_ones_do_not(examine):
    def tops(meanings):
        return {e.attrib["y"] for e in examine(key(360, meanings)).findall(".//{*}rect") if "y" in e.attrib}

    assert len(tops(["a", "b"])) == 1
    assert len(tops(["a" * 25, "b" * 25])) == 2


def test_awkward_meanings(awkward, width, examine):
    svg = key(width, [awkward] * 3)
    examine(svg)
    assert not overlaps(svg)
