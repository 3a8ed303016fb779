from pages import read_page
from remit.questions.drivers import Driver
from remit.questions.worth import Learned, Worth
from remit.report.charts import Table
from remit.report.questions_page import drivers_section, render_answer, words_section, worth_section

DRIVER = Driver("crews.number", 0.6, "about 18", 0.1, "about 24", 0.4, True, True)
FOUND = Worth(
    "", "a", 0.8, 0.5, 1.1, 0.0, 0.3, (Learned("a.b", 0.4, 0.2, 0.6, 0.5, 0.2, 0.01, True),), 100, 0, ()
)


def test_a_page_of_answers_stands_alone_with_pictures_as_tables_too():
    table = Table(("Unknown", "Worth"), (("a", "0.4"),))
    sections = [
        words_section("when", "When <b>", ["First.", "Second."], [("Conditions", table)]),
        drivers_section("one_more", [DRIVER], "lives", ["words"]),
        worth_section(FOUND, "lives a year", ["words"], table),
    ]
    text = render_answer("Title", "Lead & more", sections)
    page = read_page(text)
    assert "When <b>" in page.words
    assert text.count("<figure>") == 2


def test_nothing_to_draw_is_no_empty_picture():
    none = Worth("Too few.", "", 0, 0, 0, 0, 0, (), 0, 0, ())
    section = worth_section(none, "lives", ["Too few."], Table(("a",), ()))
    assert section.picture == ""
    assert section.tables == ()
    assert drivers_section("a", [], "lives", ["none"]).picture == ""
