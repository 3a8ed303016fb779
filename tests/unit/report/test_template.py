import pytest

from pages import read_page
from remit.report.charts import Table
from remit.report.template import Section, fill

NASTY = "</h1><script>alert('1')</script>&"


def filled(*sections, title="A page", lead="What it is."):
    return fill("sections.html", title=title, lead=lead, sections=sections)


def rows(n):
    return Table(("Word", "Number"), tuple((f"row {i}", str(i)) for i in range(n)))


def test_text_is_escaped_wherever_it_stands():
    section = Section(
        "one", NASTY, NASTY, "", ((NASTY, Table((NASTY, NASTY), ((NASTY, NASTY),))),), (NASTY,), True
    )
    page = filled(section, title=NASTY, lead=NASTY)
    assert "<script" not in page
    # title and heading, lead, link, heading, words, line, caption and its name, four cells
    assert read_page(page).words.count(NASTY) >= 10


def test_a_picture_is_put_in_as_it_is_drawn():
    page = filled(Section("one", "One", "", "<svg><desc>drawn</desc></svg>"))
    assert "<figure><svg><desc>drawn</desc></svg></figure>" in page
    assert "figure" not in read_page(filled(Section("one", "One", "words"))).tags


def test_every_section_can_be_reached_from_the_top():
    page = read_page(filled(Section("one", "One", ""), Section("two", "Two", "")))
    assert page.links == ["#one", "#two"]
    assert {"one", "two"} <= set(page.ids)


@pytest.mark.parametrize(("n", "is_folded"), [(0, False), (12, False), (13, True)])
def test_a_long_table_is_folded_and_a_short_one_is_open(n, is_folded):
    page = read_page(filled(Section("one", "One", "", "", (("Rows", rows(n)),))))
    assert ("details" in page.tags) == is_folded
    assert [r for r in page.rows if r[0].startswith("row ")] == [[f"row {i}", str(i)] for i in range(n)]


def test_only_the_first_line_of_an_answer_stands_out():
    lines = ("Yes.", "But.")
    answer = filled(Section("one", "One", "", lines=lines, is_answer=True))
    assert answer.count('class="verdict"') == 1
    assert '<p class="verdict">Yes.</p>' in answer
    assert 'class="verdict"' not in filled(Section("one", "One", "", lines=lines))


def test_a_page_brings_its_styles_and_fetches_nothing():
    page = filled(Section("one", "One", ""))
    read_page(page)
    assert ".remit-chart" in page
    assert "default-src 'none'" in page
